/* global uPlot */
import { element } from './dom.js';
import { bytes, short } from './format.js';

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * A chart of series over a common x; {title, value(number) → text, color} each. The pointer shows values below.
 *
 * @param names where x are not seconds since 1970 but places: what stands at each
 */
export function chart(x, series, { height = 170, names, label } = {}) {
  const time = !names;
  const name = (place) => names[place] ?? '';
  const holder = element('div', { role: 'img', 'aria-label': label });
  const axis = { stroke: color('--faint'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line') } };
  let plot;
  const data = [x, ...series.map((one) => one.values)];
  const draw = () => {
    plot?.destroy();
    plot = new uPlot({
      width: Math.max(240, holder.clientWidth),
      height,
      cursor: { drag: { x: false, y: false } },
      scales: { x: time ? { time } : { time, range: [-0.6, x.length - 0.4] }, y: { range: (self, least, most) => [0, most > 0 ? most * 1.08 : 1] } },
      axes: [time ? axis : { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100], values: (self, ticks) => ticks.map((tick) => name(tick).split(', ')[0]) },
        { ...axis, size: 80, values: (self, ticks) => ticks.map(series[0].value) }],
      series: [
        time ? {} : { label: 'run', value: (self, place) => (place === null ? '' : name(place)) },
        ...series.map((one) => ({
          label: one.title,
          stroke: color(one.color),
          fill: `color-mix(in srgb, ${color(one.color)} 18%, transparent)`,
          width: 1.6,
          points: { show: time && x.length < 3 },
          paths: time ? undefined : uPlot.paths.bars({ size: [0.7, 40] }),
          value: (self, value) => (value === null ? '' : one.value(value)),
        })),
      ],
    }, data, holder);
  };
  const watch = new ResizeObserver(() => holder.clientWidth && (plot ? plot.setSize({ width: holder.clientWidth, height }) : draw()));
  watch.observe(holder);
  return {
    content: holder,
    update: (newX, values) => {
      data.splice(0, data.length, newX, ...values);
      plot?.setData(data);
    },
    leave: () => { watch.disconnect(); plot?.destroy(); },
  };
}

/** Throughput and memory of a run from its samples. */
export function courses(samples) {
  const of = (points) => ({
    x: points.map((point) => point.at / 1000),
    speed: points.map((point, i) => {
      const before = points[Math.max(0, i - 1)];
      return i === 0 || point.at <= before.at ? null : Math.max(0, (1000 * (point.rows - before.rows)) / (point.at - before.at));
    }),
    memory: points.map((point) => point.heapBytes),
  });
  const first = of(samples);
  const speed = chart(first.x, [{ title: 'rows/s', values: first.speed, value: short, color: '--series-1' }],
    { label: 'Rows read per second over time' });
  const memory = chart(first.x, [{ title: 'heap', values: first.memory, value: bytes, color: '--series-2' }],
    { label: 'Memory in use over time' });
  return {
    speed: speed.content,
    memory: memory.content,
    update: (points) => {
      const now = of(points);
      speed.update(now.x, [now.speed]);
      memory.update(now.x, [now.memory]);
    },
    leave: () => { speed.leave(); memory.leave(); },
  };
}
