import { describe, expect, it } from 'vitest';
import { style } from '../../harness/report/html/style.ts';

const [light = '', dark = ''] = style.split('@media (prefers-color-scheme:dark)');
const THEMES = { light: coloursOf(light), dark: coloursOf(dark) };
const OUTCOMES = ['pass', 'fail', 'warn', 'info', 'skip', 'blocked', 'error'];

/** Which text stands on which ground. */
const PAIRS = [
  ...['ink', 'soft', 'accent', 'fail', 'warn', 'pass'].flatMap((text) => [
    [text, 'paper'],
    [text, 'card'],
  ]),
  ...['ink', 'soft', 'fail', 'warn', 'pass'].map((text) => [text, 'evidence']),
  ...OUTCOMES.map((name) => [name, `${name}-b`]),
] as [string, string][];

function coloursOf(css: string): ReadonlyMap<string, string> {
  const first = css.slice(0, css.indexOf('}'));
  return new Map(
    [...first.matchAll(/--([a-z-]+):(#[0-9a-f]{3,6})/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** Relative luminance and contrast as WCAG 2.2 defines them (“contrast ratio”). */
function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(Object.entries(THEMES))('the colours of report.html in %s', (_, colours) => {
  it.each(PAIRS)('%s on %s can be read: 4.5 to 1', (text, ground) => {
    const [front, back] = [colours.get(text), colours.get(ground)];
    expect(contrast(front ?? '#000', back ?? '#000')).toBeGreaterThanOrEqual(4.5);
  });
});
