import { describe, expect, it } from 'vitest';
import { cntlmConf, passNtlmv2, readCntlmConf } from '../../../harness/recipes/index.ts';
import { noCntlm, readByCntlm, runCntlm } from './cntlm.ts';

const account = { username: 'testuser', domain: 'corp-uk' };

describe.skipIf(noCntlm)(`as the real cntlm has it${noCntlm ? `: ${noCntlm}` : ''}`, () => {
  it.each(['password', 'Sesame 42!', '"quoted"', 'x'])('the hash of %j is what cntlm -H prints', async (password) => {
    const printed = await runCntlm(['-H', '-u', account.username, '-d', account.domain], `${password}\n`);
    expect(printed).toContain(`PassNTLMv2      ${passNtlmv2({ ...account, password })} `);
  });

  it("hashes the user's letter case and the domain's alike", async () => {
    const printed = await runCntlm(['-H', '-u', 'TestUser', '-d', 'Corp-UK'], 'password\n');
    expect(printed).toContain(passNtlmv2({ ...account, password: 'password' }));
  });

  it('makes a wrong hash of a password beyond ASCII, where ours is right', async () => {
    const printed = await runCntlm(['-H', '-u', 'testuser', '-d', 'corp-uk'], 'p\u00e4ss\n');
    const garbled = Buffer.from('p\u00e4ss').toString('latin1');
    expect(printed).toContain(passNtlmv2({ ...account, password: garbled }));
    expect(printed).not.toContain(passNtlmv2({ ...account, password: 'p\u00e4ss' }));
  });

  it('keeps 49 characters of a password', async () => {
    const printed = await runCntlm(['-H', '-u', 'testuser', '-d', 'corp-uk'], `${'x'.repeat(60)}\n`);
    expect(printed).toContain(passNtlmv2({ ...account, password: 'x'.repeat(49) }));
  });

  it('reads a file as we do, whatever stands in it', async () => {
    const text = [
      ...[
        'Username     testuser',
        'Domain\tcorp-uk',
        '   Password indented',
        'password lower',
        'Password a#b',
        'Password a #b',
      ],
      ...[
        'Password "a#b c"',
        'Password a"b"c',
        'Password "a"b"',
        'Password  spaced out  ',
        'Password a;b',
        'Password "open',
      ],
      ...[
        'Password ;x',
        'Password #x',
        'Password',
        'Password\tTab\tin',
        'Password "#"',
        'Password x "y"',
        'Pass-word q',
      ],
      ...['[section]', 'Password z', '# c', '; c', '', 'Password a\\b', 'Password \\"x\\"', 'Password crlf\r'],
      'Proxy 10.0.0.41:8080 # the first',
    ].join('\n');
    for (const end of ['\n', '']) {
      const { settings } = readCntlmConf(`${text}${end}`);
      expect(settings.map(({ key, value }) => [key, value])).toEqual(await readByCntlm(`${text}${end}`));
    }
  });

  it.each(['a#b', ' leading', 'trailing ', ';x', '#', 'a"b', 'back\\slash', '%41'])(
    'reads the password %j as it was written',
    async (password) => {
      const text = cntlmConf({ ...account, password, proxies: ['10.0.0.41:8080'], listen: 'nowhere.invalid:0' });
      expect(await readByCntlm(text)).toContainEqual(['Password', password]);
    },
  );
});
