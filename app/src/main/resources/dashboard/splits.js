import { ask, element, notice, show } from './dom.js';
import { count } from './format.js';

const COLORS = { f: '--good', b: '--warn', w: '--wait' };

/**
 * A cell for each split of a stage, however many. Pointing at one, or the arrow keys, say which it is; the choice is asked
 * of the server, so that the map itself stays small.
 */
export function splitMap(run, stage, title) {
  const canvas = element('canvas', { class: 'splits', tabindex: '0', role: 'img', onpointermove: point, onkeydown: step });
  const about = element('p', { class: 'faint', role: 'status', 'aria-live': 'polite' }, '\u00a0');
  let map = '';
  let cell = 12;
  let across = 1;
  let place = -1;
  let wanted = 0;

  function draw() {
    const width = canvas.clientWidth || 800;
    cell = map.length > 40000 ? 3 : map.length > 8000 ? 5 : map.length > 1000 ? 8 : 14;
    across = Math.max(1, Math.floor(width / cell));
    const height = Math.ceil(map.length / across) * cell;
    const scale = devicePixelRatio || 1;
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext('2d');
    context.scale(scale, scale);
    const style = getComputedStyle(document.documentElement);
    const gap = cell > 4 ? 1 : 0.5;
    for (const [letter, name] of Object.entries(COLORS)) {
      context.fillStyle = style.getPropertyValue(name);
      for (let i = map.indexOf(letter); i >= 0; i = map.indexOf(letter, i + 1)) {
        context.fillRect((i % across) * cell, Math.floor(i / across) * cell, cell - gap, cell - gap);
      }
    }
    if (place >= 0) {
      context.strokeStyle = style.getPropertyValue('--text');
      context.lineWidth = 2;
      context.strokeRect((place % across) * cell, Math.floor(place / across) * cell, cell - gap, cell - gap);
    }
    const finished = map.split('f').length - 1;
    canvas.setAttribute('aria-label', `${count(finished)} of ${count(map.length)} splits finished; arrow keys walk through them`);
  }

  function point(event) {
    const box = canvas.getBoundingClientRect();
    choose(Math.floor((event.clientY - box.top) / cell) * across + Math.floor((event.clientX - box.left) / cell));
  }

  function step(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    if (by) {
      event.preventDefault();
      choose(place < 0 ? 0 : Math.max(0, Math.min(map.length - 1, place + by)));
    }
  }

  async function choose(next) {
    if (next === place || next < 0 || next >= map.length) {
      return;
    }
    place = next;
    draw();
    const mine = ++wanted;
    await new Promise((resolve) => setTimeout(resolve, 120));
    if (mine !== wanted) {
      return;
    }
    try {
      const split = await ask(`api/runs/${encodeURIComponent(run)}/split?stage=${stage}&place=${place}`);
      const state = split.finished ? 'finished' : split.pieces ? `${split.pieces} pieces handed in` : 'waiting';
      about.textContent = `split ${split.split}: ${state}, ${count(split.extracted)} rows`
        + (split.estimated_rows >= 0 ? ` of about ${count(split.estimated_rows)}` : '')
        + (split.rejected ? `, ${count(split.rejected)} rejected` : '');
    } catch (failed) {
      about.textContent = failed.message;
    }
  }

  async function load() {
    try {
      map = (await ask(`api/runs/${encodeURIComponent(run)}/splits?stage=${stage}`)).map;
      draw();
    } catch (failed) {
      notice(failed.message);
    }
  }

  const watch = new ResizeObserver(draw);
  watch.observe(canvas);
  load();
  return {
    content: element('div', {}, title && element('p', { class: 'faint' }, title), canvas,
      element('div', { class: 'legend' }, element('span', {}, 'waiting'), element('span', { class: 'b' }, 'handed in partly'),
        element('span', { class: 'f' }, 'finished')), about),
    load,
    leave: () => watch.disconnect(),
  };
}
