// Elements are built, never parsed from text: whatever a name, a path or a row holds is shown as text.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with attributes, listeners (on…) and children; a child that is not an element becomes text. */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same in a drawing. */
export function drawn(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Replaces what a node holds. */
export function show(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child));
}

/** A table from columns {title, number, cell(row)} and rows. */
export function table(columns, rows, caption) {
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    element('table', {},
      element('thead', {}, element('tr', {}, columns.map((column) =>
        element('th', { scope: 'col', class: column.number ? 'number' : null }, column.title)))),
      element('tbody', {}, rows.map((row) => element('tr', {}, columns.map((column) =>
        element('td', { class: column.number ? 'number' : column.text ? 'text' : null }, column.cell(row))))))));
}

/** Asks the server; a failure becomes an Error with the server's own words. */
export async function ask(path) {
  let response;
  try {
    response = await fetch(path);
  } catch (unreachable) {
    throw new Error('The dashboard’s server does not answer; was its command ended?', { cause: unreachable });
  }
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return response.json();
}

/** Says something in the corner; an empty text takes it away. */
export function notice(text) {
  document.getElementById('notice').textContent = text;
}
