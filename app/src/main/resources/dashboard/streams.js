import { ask, element, notice, show, table } from './dom.js';
import { count, duration, short } from './format.js';
import { stateBadge } from './runs.js';

const REFRESH_MILLIS = 2000;

const COLUMNS = [
  { title: 'stream', text: true, cell: (stream) => stream.pipeline },
  { title: 'state', cell: (stream) => stateBadge(stream.status) },
  { title: 'behind the clock', number: true, cell: (stream) => ('lag_seconds' in stream ? duration(stream.lag_seconds) : '') },
  { title: 'not read yet', number: true, cell: (stream) => (stream.behind === null ? '' : count(stream.behind)) },
  { title: 'rows/s', number: true, cell: (stream) => short(stream.rows_per_second) },
  { title: 'checkpoint', number: true, cell: (stream) => ('checkpoint_seconds' in stream
    ? `${count(stream.checkpoint)}, ${duration(stream.checkpoint_seconds)} ago` : '') },
  { title: 'extracted', number: true, cell: (stream) => count(stream.extracted) },
  { title: 'loaded', number: true, cell: (stream) => count(stream.loaded) },
  { title: 'rejected', number: true, cell: (stream) => count(stream.rejected) },
  { title: 'restarts', number: true, cell: (stream) => count(stream.restarts) },
  { title: 'from', text: true, cell: (stream) => stream.source },
  { title: 'to', text: true, cell: (stream) => stream.target },
  { title: 'failure', text: true, cell: (stream) => stream.error ?? '' },
];

/** All streams of this state: how late they are, how far, and when their rows last became visible. */
export function streamsPage() {
  const list = element('div');
  let left = false;

  async function load() {
    try {
      const { streams } = await ask('api/streams');
      if (!left) {
        show(list, streams.length ? table(COLUMNS, streams, 'Streams')
          : element('p', { class: 'faint' }, 'No stream has run here. ', element('code', {}, 'millrace stream FILE'), ' starts one.'));
        notice('');
      }
    } catch (failed) {
      notice(failed.message);
    }
  }

  load();
  const timer = setInterval(() => document.hidden || load(), REFRESH_MILLIS);
  return {
    content: element('section', {}, element('h1', {}, 'Streams'), list),
    leave: () => { left = true; clearInterval(timer); },
  };
}
