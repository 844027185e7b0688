import { ask, element, notice, show, table } from './dom.js';
import { count, duration, moment } from './format.js';

const REFRESH_MILLIS = 3000;
const STATES = [
  ['all', ''], ['at work', 'running,committing'], ['done', 'done'], ['failed', 'failed'], ['stopped', 'stopped'],
  ['given up', 'discarded'],
];
// Kept while the page is: coming back from a run finds the same list.
const chosen = { pipeline: '', state: '' };

export const runLink = (run) => element('a', { href: `#/run/${encodeURIComponent(run)}` }, run);
export const pipelineLink = (name) => element('a', { href: `#/pipeline/${encodeURIComponent(name)}` }, name);
export const stateBadge = (state) => element('span', { class: `state ${state}` }, state);

export const RUN_COLUMNS = [
  { title: 'run', cell: (run) => runLink(run.run) },
  { title: 'pipeline', text: true, cell: (run) => pipelineLink(run.pipeline) },
  { title: 'window', text: true, cell: (run) => run.window },
  { title: 'state', cell: (run) => stateBadge(run.state) },
  { title: 'started', cell: (run) => moment(run.started) },
  { title: 'took', number: true, cell: (run) => duration(run.seconds) },
  { title: 'extracted', number: true, cell: (run) => count(run.extracted) },
  { title: 'loaded', number: true, cell: (run) => count(run.loaded) },
  { title: 'rejected', number: true, cell: (run) => count(run.rejected) },
];

/** All runs, newest first, by pipeline and state; the first page keeps itself up to date. */
export function runsPage() {
  const list = element('div');
  const pipelines = element('select', { id: 'pipeline', onchange: choose }, element('option', { value: '' }, 'all'));
  const states = element('select', { id: 'state', onchange: choose }, STATES.map(([title, value]) =>
    element('option', { value, selected: value === chosen.state }, title)));
  let pages = 1;
  let generation = 0;

  function choose() {
    chosen.pipeline = pipelines.value;
    chosen.state = states.value;
    pages = 1;
    load();
  }

  async function load() {
    const mine = ++generation;
    try {
      const runs = [];
      let more = true;
      for (let page = 0; page < pages && more; page++) {
        const query = new URLSearchParams({ pipeline: chosen.pipeline, state: chosen.state });
        if (runs.length) {
          query.set('before', runs[runs.length - 1].run);
        }
        const answer = await ask(`api/runs?${query}`);
        runs.push(...answer.runs);
        more = answer.more;
      }
      if (mine === generation) {
        draw(runs, more);
        notice('');
      }
    } catch (failed) {
      notice(failed.message);
    }
  }

  function draw(runs, more) {
    if (!runs.length) {
      show(list, element('p', { class: 'faint' }, chosen.pipeline || chosen.state
        ? 'No run is like that.'
        : ['Nothing has run here yet. Try ', element('code', {}, 'millrace demo'), '.']));
      return;
    }
    const focused = document.activeElement?.getAttribute?.('href');
    show(list, table(RUN_COLUMNS, runs, 'Runs'), more && element('p', {}, element('button', {
      type: 'button', onclick: () => { pages++; load(); } }, 'Older runs')));
    if (focused) {
      list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
  }

  async function names() {
    try {
      for (const name of (await ask('api/pipelines')).pipelines) {
        pipelines.append(element('option', { value: name, selected: name === chosen.pipeline }, name));
      }
    } catch (failed) {
      notice(failed.message);
    }
  }

  names().then(load);
  const timer = setInterval(() => document.hidden || pages > 1 || load(), REFRESH_MILLIS);
  return {
    content: element('section', {}, element('h1', {}, 'Runs'),
      element('form', { class: 'filters', onsubmit: (event) => event.preventDefault() },
        element('label', { for: 'pipeline' }, 'pipeline', pipelines),
        element('label', { for: 'state' }, 'state', states)),
      list),
    leave: () => { clearInterval(timer); generation++; },
  };
}
