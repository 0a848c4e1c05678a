import { expect, it } from 'vitest';
import { type Choice, choiceText, type MeasuredCell, parseTarget } from '../../../harness/clients/index.ts';
import { agrees } from '../../../harness/clients/table.ts';
import { chooseProxy } from '../../../harness/runner/reference/http/proxy-choice.ts';
import { goProxy } from '../../../harness/runner/reference/policies/proxy-policy.ts';
import { measured } from '../../clients/_measured.ts';

const cells = measured.cells.filter(({ client }) => client === 'go');

/** What the reference runner does with a request, as the measured table has it. */
function choose({ situation, url }: MeasuredCell): Choice {
  try {
    const proxy = chooseProxy(goProxy, situation.env, { kind: 'job', url: new URL(url) });
    if (!proxy) return { via: 'direct' };
    const { userinfo, ...address } = proxy;
    const basic = goProxy.credentials(userinfo ?? '', 0);
    if (basic === undefined) return { via: 'proxy', proxy: address };
    const [user = '', password = ''] = Buffer.from(basic.slice(6), 'base64').toString().split(/:(.*)/s);
    return { via: 'proxy', proxy: { ...address, credentials: { user, password } } };
  } catch (error) {
    return { via: 'error', why: String(error) };
  }
}

it('the reference runner goes the way of a real Go program in every measured cell', () => {
  expect(cells).toHaveLength(412);
  expect(new Set(cells.map((cell) => choose(cell).via))).toEqual(new Set(['direct', 'proxy', 'error']));
  const wrong = cells
    .filter((cell) => !agrees(choose(cell), cell.answer))
    .map((cell) => `${cell.situation.name}, ${cell.url}: ${cell.answer}, not ${choiceText(choose(cell))}`);
  expect(wrong).toEqual([]);
});

it('is asked for what the table asks for', () => {
  for (const { url } of cells) expect(parseTarget(url).scheme).toBe(new URL(url).protocol.slice(0, -1));
});
