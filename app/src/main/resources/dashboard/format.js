const NUMBERS = new Intl.NumberFormat('en-US');

export const count = (number) => NUMBERS.format(number);

/** Three digits and a unit. */
export function short(number) {
  for (const [size, unit] of [[1e9, ' G'], [1e6, ' M'], [1e3, ' k']]) {
    if (Math.abs(number) >= size) {
      return Number((number / size).toPrecision(3)) + unit;
    }
  }
  return String(Math.round(number));
}

export const rate = (rows, seconds) => (seconds > 0 ? short(rows / seconds) + ' rows/s' : '');

export function bytes(number) {
  for (const [size, unit] of [[2 ** 30, ' GiB'], [2 ** 20, ' MiB'], [2 ** 10, ' KiB']]) {
    if (number >= size) {
      return Number((number / size).toPrecision(3)) + unit;
    }
  }
  return number + ' B';
}

export function duration(seconds) {
  if (seconds < 60) {
    return (seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)) + ' s';
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A moment in the reader's own zone. */
export const moment = (millis) => new Date(millis).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium' });

export const share = (part, whole) => (whole > 0 ? ((100 * part) / whole).toFixed(part / whole < 0.01 ? 2 : 1) + ' %' : '');
