import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COPY_LIMIT_MS, copyProject, type ProjectCopy } from '../project-copy.ts';
import { noNamespace } from '../world/stand-ins.ts';
import { addTo } from './_addition.ts';
import { fault } from './_fault.ts';
import { scenario } from './_scenario.ts';
import { subject, TOY_POLLER } from './_subject.ts';
import { verb } from './_verb.ts';

/** One of each, added to one copy as CONTRIBUTING says. A profile has a test of its own, and so have clients. */
describe('a scenario, a proxy fault, a subject and a verb', { timeout: COPY_LIMIT_MS }, () => {
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await copyProject(...['every-fault.test', 'asking', 'stage'].map((each) => `test/proxy/${each}.ts`));
    for (const each of [scenario, fault, subject, verb]) await addTo(copy, each);
  });
  afterAll(() => copy[Symbol.asyncDispose]());

  const results = async (report: string) => JSON.parse(await readFile(join(copy.dir, report, 'results.json'), 'utf8'));

  it('take their files and their lines, and nothing else', async () => {
    expect(await copy.changes()).toEqual(
      [
        'new: scenarios/polling/goes-on-after-502.ts',
        '1 line: harness/conformance/requirements/polling.ts',
        'new: harness/proxy/faults/portal.ts',
        '1 line: harness/proxy/faults/index.ts',
        'new: harness/runner/toy-poller/definition.ts',
        'new: harness/runner/toy-poller/driver.ts',
        // What imports it, and the list.
        '2 lines: harness/runner/registry.ts',
        'new: harness/cli/count.ts',
        // Its entry; two of its lines are braces.
        '3 lines: harness/cli/verbs.ts',
      ].sort(),
    );
  });

  it('type-check, but for the line by which the fault is to be tested', async () => {
    const complaints = (await copy.typeCheck()).split('\n').filter((line) => /^\S/.test(line));
    expect(complaints).toEqual([expect.stringMatching(/^test\/proxy\/every-fault\.test\.ts.*'portal' is missing/)]);
  });

  it('a scenario is listed, shown and run, and its mutant fails it', async () => {
    expect(await copy.cli('list', 'polling/goes-on-after-502')).toMatch(/^R +polling\/goes-on-after-502 /m);
    expect(await copy.cli('show', 'polling/goes-on-after-502')).toContain('After a 502 it asks for a job again');
    const id = 'polling/goes-on-after-502[proxy=basic]';
    expect(await copy.cli('run', id, '--report', 'honest')).toContain('✓ 1 pass');
    expect(await copy.cli('recheck', 'honest')).toContain('0 of 1 cases are judged otherwise');
    await expect(
      copy.cli('run', id, '--runner', 'reference:never-uses-proxy', '--report', 'faulty'),
    ).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('✗ 1 fail') });
  });

  it('a proxy fault is declared, and strikes', async () => {
    const said = await copy.node(
      '--input-type=module',
      '--eval',
      `import { once } from 'node:events';
       import { get } from 'node:http';
       import { startWorld } from './harness/index.ts';
       await using world = await startWorld({ proxy: { kind: 'basic' } });
       const said = [];
       try { world.proxy.inject({ fault: 'portal' }) } catch (error) { said.push(error.message) }
       world.proxy.inject({ fault: 'portal', page: 'http://login.test/' });
       const { hostname, port } = new URL(world.proxy.url);
       const [response] = await once(get({ hostname, port, path: world.gitlabUrl }), 'response');
       response.destroy();
       console.log(JSON.stringify([...said, response.statusCode + ' ' + response.headers.location]));`,
    );
    expect(JSON.parse(said)).toEqual([
      expect.stringMatching(/^The fault portal is not declared as it must be: .*page/s),
      '302 http://login.test/',
    ]);
  });

  it.skipIf(noNamespace)('a subject is recognised and run', async () => {
    const path = join(copy.dir, 'toy-poller');
    await writeFile(path, TOY_POLLER);
    await chmod(path, 0o755);
    await copy.cli('run', 'polling/through-proxy[proxy=basic]', '--runner', path, '--report', 'toy');
    expect(await results('toy')).toMatchObject({
      subject: { kind: 'toy-poller', version: '1.0.0' },
      totals: { pass: 1 },
    });
  });

  it('a subject is in the schema of results.json', async () => {
    const schema = await copy.node(
      '--input-type=module',
      '--eval',
      `import { resultsJsonSchema } from './harness/report/index.ts';
       console.log(JSON.stringify(resultsJsonSchema().properties.subject));`,
    );
    expect(schema).toContain('"toy-poller"');
  });

  it('a verb has its line in the help, a help of its own, and runs', async () => {
    expect(await copy.cli('--help')).toMatch(/^ +count .*how many scenarios/m);
    expect(await copy.cli('count', '--help')).toContain('--family <name>');
    expect(await copy.cli('count', '--family', 'rate-limit')).toMatch(/^[1-9]\d* scenarios$/m);
  });
});
