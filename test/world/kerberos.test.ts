import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { realClock } from '../../harness/clock/index.ts';
import { countingSink } from '../../harness/ledger/index.ts';
import { createRunContext, createWorld } from '../../harness/world/index.ts';
import { finished, noNamespace, temporaryDirectory } from './stand-ins.ts';

const lacksKerberos = !['/usr/sbin/krb5kdc', '/usr/lib/squid/negotiate_kerberos_auth'].every((each) =>
  existsSync(each),
);

it.skipIf(noNamespace || lacksKerberos)(
  "a subject in a namespace gets its tickets at kdc.test, and through the proxy by the proxy's name",
  async () => {
    await using directory = await temporaryDirectory();
    await using run = await createRunContext({ root: directory.dir });
    await using world = await createWorld({
      spec: {
        proxy: {
          kind: 'squid',
          auth: { scheme: 'negotiate', user: 'alice', password: 'geheim', domain: 'CORP.TEST' },
        },
      },
      case: 'world/kerberos',
      clock: realClock(),
      sink: countingSink(),
      run,
      inProcess: false,
    });
    const { kerberos } = world.proxy;
    expect(kerberos?.configuration).toContain(`kdc = kdc.test:${kerberos?.port}\n`);
    expect(kerberos?.service).toBe('HTTP/proxy.test@CORP.TEST');
    const file = join(world.host.dir, 'krb5.conf');
    await writeFile(file, kerberos?.configuration ?? '');
    const curl = async (env: Readonly<Record<string, string>>) => {
      const login = ['--proxy', world.proxy.urlWithoutCredentials, '--proxy-negotiate', '--proxy-user', ':'];
      const args = ['-sS', '-o', 'answer', '-w', '%{http_code}', '--max-time', '10', ...login, world.gitlabUrl];
      return (await finished(await world.host.spawn('curl', args, { env: { KRB5_CONFIG: file, ...env } }))).out;
    };
    expect(await curl({})).toBe('407');
    expect(await curl({ KRB5_CLIENT_KTNAME: kerberos?.keytab ?? '' })).not.toBe('407');
    expect(world.evidence.gitlab().map(({ via }) => via)).toEqual(['proxy']);
    expect(world.evidence.tripwire()).toEqual([]);
    // Where there is no KDC, its address is as any other.
    await finished(await world.host.spawn('curl', ['-sS', '--max-time', '5', 'http://kdc.test/']));
    expect(world.evidence.tripwire().map(({ to }) => to)).toEqual(['kdc.test:80']);
  },
);
