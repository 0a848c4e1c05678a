import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launch, launched, put, scratch, tool } from './_tool.ts';

describe('serve', () => {
  test.each([
    ['a proxy that is none', ['--proxy', 'tinyproxy'], /--proxy takes none, basic, keep-alive or squid/],
    ['credentials for no proxy', ['--proxy', 'none', '--auth', 'basic'], /has no proxy for --auth/],
    ['a plan that is none', ['--rate-limit', 'sometimes'], /--rate-limit takes reset-time-valid, /],
    [
      'a door that is open to anybody',
      ['--listen', '127.0.0.2', '--auth', 'none'],
      /--listen lets others in, so the proxy must ask/,
    ],
    ['every address', ['--listen', '0.0.0.0'], /takes one address of this machine/],
    ['cntlm without what it stands on', ['--cntlm'], /--docker --auth ntlm --cntlm/],
    ['a world that is not there', ['--world', 'nothing.yaml'], /The lab in nothing\.yaml cannot be read/],
    ['nothing to do again', ['--replay'], /name one that has steps/],
    ['a word too many', ['now'], /serve takes no now/],
    ['no lab to control', ['ctl', 'state', '--lab', 'http://127.0.0.1:1/'], /ends in #token=/],
    [
      'a lab that is gone',
      ['ctl', 'state', '--lab', 'http://127.0.0.1:1/#token=x'],
      /No lab answers at http:\/\/127\.0\.0\.1:1: .*Is serve still running\?/,
    ],
    ['nothing that ctl does', ['ctl', 'dance'], /ctl takes one of these/],
    ['a world that means nothing', ['--world', 'world.yaml'], /The lab in world\.yaml cannot be stood up: .*jbs/],
  ])('says what is wrong with %s', async (_what, args, says) => {
    await using place = await scratch();
    await put(join(place.dir, 'world.yaml'), 'world: { gitlab: { jbs: [] } }\n');
    const { code, err } = await tool(place.dir, 'serve', ...args);
    expect(err).toMatch(says);
    expect(code).toBe(2);
  });

  test('stands a lab up, is controlled from elsewhere, and is gone after SIGINT', async () => {
    await using place = await scratch();
    const up = launch(['serve', '--auth', 'digest', '--rate-limit', 'reset-time-absent'], { cwd: place.dir });
    const [, lab = ''] = await up.says(/export PROXYPROOF_LAB='([^']+)'/);
    const ctl = (...words: string[]) =>
      launched(['serve', 'ctl', ...words], { cwd: place.dir, env: { PROXYPROOF_LAB: lab } });
    expect((await ctl('state')).out).toMatch(/^plan {6}reset-time-absent$/m);
    expect((await ctl('fault', 'add', 'answer', 'status=503', 'times=1')).out).toMatch(/^On: 1 {2}proxy: /);
    expect((await ctl('fault', 'add', 'answer')).err).toContain('The lab says no');
    expect((await ctl('job', 'run', 'echo hello')).out).toMatch(/^Queued: \d+/);
    expect((await ctl('fault', 'kinds')).out).toMatch(/^answer {2}.*\bon=any\|forward\|connect\b/m);
    expect((await ctl('plan', 'nosuch')).err).toContain('plan takes honest, or one of: reset-time-valid,');
    expect((await ctl('keep', 'case.txt')).err).toContain('keep takes the name of a file that ends in one of: .html');
    expect((await ctl('keep', 'case.yaml')).out).toBe('Written: case.yaml\n');
    up.child.kill('SIGINT');
    const { code, err } = await up.done;
    expect(err).toContain('The lab is down. Everything it started is stopped.');
    expect(code).toBe(130);
    const again = launch(['serve', '--world', 'case.yaml', '--replay'], { cwd: place.dir });
    await again.says(/fault-on/);
    again.child.kill('SIGTERM');
    expect((await again.done).code).toBe(143);
  });
});
