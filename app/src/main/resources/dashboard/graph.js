import { drawn } from './dom.js';
import { rate, short } from './format.js';

const WIDTH = 128;
const HEIGHT = 52;
const GAP = 112;
const TOP = 30;

/**
 * The pipeline from left to right: boxes are what works on rows, lines carry rows, with their number and how fast they came.
 * A step between two stages writes in the one and reads in the other; it is one box.
 */
export function graph(steps, run) {
  const nodes = boxes(steps, run);
  const width = nodes.length * (WIDTH + GAP) - GAP + 4;
  const height = TOP + HEIGHT + 44;
  const picture = drawn('svg', { class: 'graph', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img',
    'aria-label': `From ${run.source} to ${run.target}` });
  nodes.forEach((node, index) => {
    const x = 2 + index * (WIDTH + GAP);
    if (index > 0) {
      picture.append(edge(x - GAP, nodes[index - 1], run));
    }
    picture.append(box(x, node));
  });
  return picture;
}

function boxes(steps, run) {
  const nodes = [];
  for (const step of steps) {
    const before = nodes[nodes.length - 1];
    if (before && step.place === 0) {
      before.out = step.rows_out;
      before.seconds += step.seconds;
      before.keyed = true;
    } else {
      nodes.push({ label: step.label, in: step.rows_in, out: step.rows_out, seconds: step.seconds });
    }
  }
  if (nodes.length) {
    Object.assign(nodes[0], { end: true, title: run.source });
    Object.assign(nodes[nodes.length - 1], { end: true, title: run.target });
  }
  return nodes;
}

function box(x, node) {
  const left = node.in - node.out;
  return drawn('g', { class: `node${node.end ? ' end' : ''}${node.keyed ? ' keyed' : ''}`, transform: `translate(${x} ${TOP})` },
    drawn('title', {}, node.title ?? node.label),
    drawn('rect', { width: WIDTH, height: HEIGHT, rx: 9 }),
    drawn('text', { x: WIDTH / 2, y: 22, 'text-anchor': 'middle' }, cut(node.label, 17)),
    drawn('text', { x: WIDTH / 2, y: 40, 'text-anchor': 'middle', class: 'faint' },
      node.seconds >= 0.01 ? `${node.seconds.toFixed(2)} s of work` : '< 0.01 s of work'),
    left > 0 && drawn('text', { x: WIDTH / 2, y: HEIGHT + 18, 'text-anchor': 'middle', class: 'lost' },
      node.keyed ? `${short(node.in)} into ${short(node.out)}` : `−${short(left)} rows`));
}

function edge(x, from, run) {
  const middle = TOP + HEIGHT / 2;
  const thick = 1 + Math.min(5, Math.log10(1 + from.out));
  return drawn('g', {},
    drawn('path', { class: 'edge', d: `M${x} ${middle} h${GAP - 9}`, 'stroke-width': thick.toFixed(1) }),
    drawn('path', { class: 'edge', d: `M${x + GAP - 11} ${middle - 6} l8 6 l-8 6`, 'stroke-width': 2 }),
    drawn('text', { x: x + GAP / 2 - 4, y: middle - 10, 'text-anchor': 'middle' }, short(from.out)),
    drawn('text', { x: x + GAP / 2 - 4, y: middle + 20, 'text-anchor': 'middle', class: 'faint' },
      rate(from.out, run.seconds)));
}

const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
