import { ask, element, notice, show, table } from './dom.js';
import { count, duration, moment, share, short } from './format.js';
import { chart } from './charts.js';
import { RUN_COLUMNS } from './runs.js';

/** The latest runs of one pipeline side by side: how long, how many rows, how many rejected. */
export function trendPage(pipeline) {
  const content = element('div', {}, element('h1', {}, pipeline));
  let charts = [];
  let left = false;

  function section(title, picture) {
    charts.push(picture);
    return element('section', {}, element('h2', {}, title), picture.content);
  }

  async function load() {
    const { runs } = await ask(`api/trend?${new URLSearchParams({ pipeline })}`);
    if (left) {
      return;
    }
    if (!runs.length) {
      content.append(element('p', { class: 'faint' }, 'No run of it is known here.'));
      return;
    }
    const x = runs.map((run, place) => place);
    const bars = { names: runs.map((run) => moment(run.started)) };
    content.append(
      element('div', { class: 'columns' },
        section('Duration', chart(x, [{ title: 'took', values: runs.map((run) => run.seconds), value: duration, color: '--series-2' }],
          { ...bars, label: 'Duration of each run' })),
        section('Rows', chart(x, [{ title: 'extracted', values: runs.map((run) => run.extracted), value: short, color: '--series-1' }],
          { ...bars, label: 'Rows extracted by each run' })),
        section('Rejected', chart(x, [{ title: 'share', values: runs.map((run) => (run.extracted ? run.rejected / run.extracted : 0)),
          value: (part) => share(part, 1), color: '--series-3' }], { ...bars, label: 'Share of rows that each run rejected' }))),
      element('section', {}, element('h2', {}, `The latest ${count(runs.length)} runs`),
        table(RUN_COLUMNS.filter((column) => column.title !== 'pipeline'), [...runs].reverse(), 'Runs')));
  }

  load().catch((failed) => notice(failed.message));
  return { content, leave: () => { left = true; charts.forEach((picture) => picture.leave()); } };
}
