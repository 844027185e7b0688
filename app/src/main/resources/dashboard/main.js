import { element, show, notice } from './dom.js';
import { runsPage } from './runs.js';
import { runPage } from './run.js';
import { streamsPage } from './streams.js';
import { trendPage } from './trend.js';

const main = document.getElementById('main');
const trail = document.getElementById('trail');
let leave = () => {};

/** '#/run/ID', '#/pipeline/NAME' and '#/streams'; everything else is the list of runs. */
async function open() {
  leave();
  notice('');
  const [, kind, name] = decodedParts(location.hash);
  const page = kind === 'run' && name ? runPage(name) : kind === 'pipeline' && name ? trendPage(name)
    : kind === 'streams' ? streamsPage() : runsPage();
  document.title = name ? `${name} – Millrace` : 'Millrace';
  show(trail, name ? [element('a', { href: '#/' }, 'runs'), ` / ${kind === 'run' ? '' : 'pipeline '}${name}`] : []);
  show(main, page.content);
  leave = page.leave;
  main.focus({ preventScroll: true });
}

function decodedParts(hash) {
  try {
    return hash.replace(/^#/, '').split('/').map(decodeURIComponent);
  } catch (malformed) {
    return [];
  }
}

function theme(wanted) {
  document.documentElement.dataset.theme = wanted;
}

const dark = matchMedia('(prefers-color-scheme: dark)');
theme(localStorage.getItem('theme') ?? (dark.matches ? 'dark' : 'light'));
dark.addEventListener('change', () => {
  if (!localStorage.getItem('theme')) {
    theme(dark.matches ? 'dark' : 'light');
    open();
  }
});
document.getElementById('theme').addEventListener('click', () => {
  const other = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', other);
  theme(other);
  open();
});
addEventListener('hashchange', open);
open();
