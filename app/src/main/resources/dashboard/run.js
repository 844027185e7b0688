import { ask, drawn, element, notice, show, table } from './dom.js';
import { count, duration, moment, rate, share } from './format.js';
import { courses } from './charts.js';
import { graph } from './graph.js';
import { pipelineLink, stateBadge } from './runs.js';
import { splitMap } from './splits.js';

/** One run, live while it works. */
export function runPage(id) {
  const parts = Object.fromEntries(
    ['head', 'error', 'graph', 'course', 'splits', 'steps', 'checks', 'rejects', 'events'].map((name) => [name, element('div')]));
  const content = element('div', {}, Object.values(parts));
  let left = false;
  let source;
  let maps = [];
  let course;
  let finished = '';
  let shownSteps = '';

  function update(state) {
    const { run, steps, stages, progress } = state;
    show(parts.head, head(run, stages, progress));
    show(parts.error, run.error && element('section', { class: 'error' }, element('h2', {}, 'Error'), element('pre', {}, run.error)));
    show(parts.graph, steps.length > 0 && element('section', {}, element('h2', {}, 'Pipeline'),
      element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Pipeline' }, graph(steps, run))));
    showCourse(progress?.samples ?? []);
    showSplits(stages, steps);
    showSteps(steps);
    show(parts.checks, progress?.checks.length > 0 && checks(progress.checks));
    show(parts.events, progress && events(progress));
  }

  function showCourse(samples) {
    if (course) {
      course.update(samples);
    } else if (samples.length > 1) {
      course = courses(samples);
      show(parts.course, element('div', { class: 'columns' },
        element('section', {}, element('h2', {}, 'Throughput'), course.speed),
        element('section', {}, element('h2', {}, 'Memory'), course.memory)));
    }
  }

  function showSplits(stages, steps) {
    const now = JSON.stringify(stages);
    if (now === finished) {
      return;
    }
    finished = now;
    if (maps.length === stages.filter((stage) => stage.splits > 0).length) {
      maps.forEach((map) => map.load());
      return;
    }
    maps.forEach((map) => map.leave());
    maps = stages.filter((stage) => stage.splits > 0).map((stage) =>
      splitMap(id, stage.stage, stages.length > 1 ? stageTitle(stage, steps) : ''));
    show(parts.splits, maps.length > 0 && element('section', {}, element('h2', {}, 'Splits'), maps.map((map) => map.content)));
  }

  function stageTitle(stage, steps) {
    const reading = steps.find((step) => step.stage === stage.stage && step.place === 0);
    return stage.stage === 0 ? 'of the source' : `buckets of ${reading?.label ?? 'stage ' + stage.stage}`;
  }

  function showSteps(steps) {
    const now = JSON.stringify(steps);
    if (now !== shownSteps && steps.length > 0) {
      shownSteps = now;
      const open = [...parts.steps.querySelectorAll('details')].map((one) => one.open);
      show(parts.steps, element('section', {}, element('h2', {}, 'Steps: time, rows and columns'),
        steps.map((step, i) => stepDetails(step, steps[i - 1], steps, open[i]))));
    }
  }

  async function showRejects(run) {
    if (run.rejected > 0 || run.state === 'failed') {
      const found = await ask(`api/runs/${encodeURIComponent(id)}/rejects`);
      show(parts.rejects, found.reasons.length > 0 && rejects(found, run));
    }
  }

  function watch() {
    source = new EventSource(`api/runs/${encodeURIComponent(id)}/live`);
    source.onmessage = (message) => update(JSON.parse(message.data));
    source.addEventListener('ended', () => {
      source.close();
      load();
    });
    source.onerror = () => notice(left ? '' : 'The connection is gone; trying again…');
    source.onopen = () => notice('');
  }

  async function load() {
    const state = await ask(`api/runs/${encodeURIComponent(id)}`);
    if (left) {
      return;
    }
    update(state);
    await showRejects(state.run);
    if (state.run.unfinished && !left) {
      watch();
    }
  }

  load().catch((failed) => notice(failed.message));
  return {
    content,
    leave: () => {
      left = true;
      source?.close();
      course?.leave();
      maps.forEach((map) => map.leave());
    },
  };
}

function head(run, stages, progress) {
  const live = run.unfinished && progress;
  const extracted = live ? Math.max(progress.rows, run.extracted) : run.extracted;
  const number = (title, value, bad) => element('div', { class: bad ? 'bad' : null },
    element('dt', {}, title), element('dd', {}, value));
  const all = stages.reduce((sum, stage) => sum + stage.splits, 0);
  const done = stages.reduce((sum, stage) => sum + stage.finished, 0);
  return element('section', {},
    element('h1', {}, pipelineLink(run.pipeline), ' ', stateBadge(run.state)),
    element('p', { class: 'faint' }, `${run.source} → ${run.target}`, element('br'),
      `run ${run.run}, window ${run.window}, started ${moment(run.started)}`,
      live ? `, ${progress.phase}` : '', run.file ? `, from ${run.file}` : '',
      run.overrides?.length ? `, with ${run.overrides.join(', ')}` : ''),
    element('dl', { class: 'numbers' },
      number('extracted', count(extracted)),
      number('loaded', count(run.loaded)),
      number('filtered', count(run.filtered)),
      number('deduplicated', count(run.deduplicated)),
      number(`rejected ${share(run.rejected, run.extracted)}`, count(Math.max(run.rejected, live ? progress.rejected : 0)), run.rejected > 0),
      run.groups && number('groups loaded', count(run.groups.loaded)),
      number('took', duration(run.seconds)),
      number('speed', rate(extracted, run.seconds) || '–')),
    element('div', { class: 'bar', role: 'progressbar', 'aria-label': 'splits finished', 'aria-valuemin': 0,
      'aria-valuemax': all, 'aria-valuenow': done },
    drawn('svg', { preserveAspectRatio: 'none', viewBox: '0 0 1000 1' },
      drawn('rect', { width: all ? (1000 * done) / all : 0, height: 1 }))),
    element('p', { class: 'faint' }, `${count(done)} of ${count(all)} splits finished`));
}

function stepDetails(step, before, steps, open) {
  const whole = steps.reduce((sum, one) => sum + one.seconds, 0) || 1;
  const known = new Map((before?.columns ?? []).map((column) => [column.name, column.type]));
  return element('details', { open },
    element('summary', {},
      drawn('svg', { class: 'meter', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        drawn('rect', { width: (100 * step.seconds) / whole, height: 10 })),
      element('strong', {}, step.label), `: ${duration(step.seconds)} of work, ${count(step.rows_in)} rows in, ${count(step.rows_out)} out`,
      step.seconds > 0 ? `, ${rate(step.rows_in, step.seconds)}` : ''),
    table([
      { title: 'column', text: true, cell: (column) => column.name },
      { title: 'type', cell: (column) => element('span', {
        class: before && known.get(column.name) !== column.type ? 'changed' : null }, column.type) },
      { title: '', cell: (column) => (!before || known.get(column.name) === column.type ? '' :
        known.has(column.name) ? `was ${known.get(column.name)}` : 'new') },
      { title: 'nulls', cell: (column) => (column.nullable ? 'possible' : 'never') },
    ], step.columns, `Columns after ${step.label}`));
}

function checks(verdicts) {
  return element('section', {}, element('h2', {}, 'Checks'), table([
    { title: 'rule', text: true, cell: (verdict) => verdict.check },
    { title: 'severity', cell: (verdict) => verdict.severity },
    { title: 'verdict', text: true, cell: (verdict) => verdict.problem ?? 'kept' },
    { title: 'rows', number: true, cell: (verdict) => count(verdict.rows) },
    { title: 'broken by', number: true, cell: (verdict) => count(verdict.failed) },
  ], verdicts, 'Checks'));
}

function rejects(found, run) {
  return element('section', {}, element('h2', {}, 'Rejected rows by reason'),
    !found.all && element('p', { class: 'faint' }, `Of the first ${count(found.read)}.`),
    found.reasons.map((reason) => element('details', {},
      element('summary', {}, element('strong', {}, count(reason.rows)), ` ${reason.step}`,
        reason.column ? `, column ${reason.column}` : '', `: ${reason.reason}`),
      table([
        { title: 'split', cell: (row) => row.split },
        { title: 'row', number: true, cell: (row) => (row.ordinal < 0 ? '' : count(row.ordinal)) },
        { title: 'value', text: true, cell: (row) => element('code', {}, row.value ?? 'null') },
        { title: 'the whole row', text: true, cell: (row) => element('code', {}, JSON.stringify(row.row)) },
      ], reason.first, 'Sample rows'))),
    element('p', { class: 'faint' }, 'All of them: ', element('code', {}, `millrace rejects ${run.run} --rows`)));
}

function events(progress) {
  const lines = [...progress.retries.map((retry) =>
    `${moment(retry.at)}: attempt ${retry.attempt} at ${retry.split} failed: ${retry.message}`), ...progress.warnings];
  const active = progress.active.map((one) => `${one.split}: ${count(one.rows)} rows${one.attempt > 1 ? `, attempt ${one.attempt}` : ''}`);
  return [
    active.length > 0 && element('section', {}, element('h2', {}, 'At work'), element('ul', { class: 'plain' },
      active.map((line) => element('li', {}, line)))),
    lines.length > 0 && element('section', {}, element('h2', {}, 'Retries and warnings'), element('ul', { class: 'plain' },
      lines.map((line) => element('li', {}, line)))),
  ];
}
