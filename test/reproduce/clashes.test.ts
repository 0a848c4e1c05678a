import { describe, expect, it } from 'vitest';
import { diagnose } from '../../harness/diagnosis/index.ts';
import { maskOfCase } from '../../harness/report/reproduction/mask-of-case.ts';
import { remedyText } from '../../harness/report/reproduction/remedy/index.ts';
import { clashSays, withoutClashes, withTheirAddresses } from '../../harness/reproduce/plan/clashes.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { candidatesFor } from '../../harness/reproduce/prove/candidates.ts';
import { bundle, CONFIG, DROP_IN, pictureOf } from './_bundle.ts';

const dropIn = (proxy: string): string => `[Service]\nEnvironment="HTTP_PROXY=http://${proxy}:3128"\n`;

describe('addresses that a world has for itself', () => {
  it('have others that stand for them, and come back in what is said', () => {
    const theirs = bundle({
      [DROP_IN]: dropIn('192.0.2.10'),
      'notes.log': 'seen: 10.76.0.7, 192.0.2.0/24, 1192.0.2.10, 192.0.2.10.1',
    });
    const { bundle: ours, mapped } = withoutClashes(theirs);
    const [unit, log] = ours.files.map(({ bytes }) => bytes.toString());
    expect(unit).toContain('http://198.51.100.10:3128');
    expect(log).toBe('seen: 10.77.0.7, 198.51.100.0/24, 1192.0.2.10, 192.0.2.10.1');
    expect(withTheirAddresses(log ?? '', mapped)).toBe(theirs.files[1]?.bytes.toString());
    expect(clashSays(mapped)).toEqual([
      expect.stringContaining("Addresses of 192.0.2.x are the world's own here: such of 198.51.100.x stand for them"),
      expect.stringContaining('10.76.0.x'),
    ]);
    const diagnosis = diagnose(ours);
    const mask = maskOfCase({ diagnosis, plan: { ...planOf(diagnosis.picture), mapped } });
    expect(mask('+Environment="NO_PROXY=198.51.100.10,10.77.0.7,198.51.100.99"')).toBe(
      '+Environment="NO_PROXY=192.0.2.10,10.76.0.7,198.51.100.99"',
    );
  });

  it('are no secrets in a change: a patch has them, and the lines around it', () => {
    const { bundle: ours, mapped } = withoutClashes(
      bundle({
        [DROP_IN]: `${dropIn('192.0.2.10').replace('[Service]', '[service]')}Environment="HTTPS_PROXY=http://192.0.2.10:3128"\n`,
      }),
    );
    const diagnosis = diagnose(ours);
    const plan = { ...planOf(diagnosis.picture), mapped };
    const [mends] = candidatesFor(diagnosis, plan);
    const { diff, patches } = remedyText(diagnosis, mends ? [mends] : [], maskOfCase({ diagnosis, plan }), mapped);
    expect(diff).toContain('-[service]\n+[Service]\n Environment="HTTP_PROXY=http://192.0.2.10:3128"\n');
    expect(patches).toHaveLength(1);
  });

  it('takes for it what no file has', () => {
    const { mapped } = withoutClashes(bundle({ 'a.log': '192.0.2.10 and 198.51.100.1' }));
    expect(mapped).toEqual([{ theirs: '192.0.2.10', ours: '203.0.113.10' }]);
  });

  it('leaves every other bundle as it is', () => {
    const own = bundle({ [DROP_IN]: dropIn('10.0.0.41') });
    expect(withoutClashes(own)).toEqual({ bundle: own, mapped: [] });
    expect(withoutClashes(own).bundle).toBe(own);
  });
});

describe('submodules', () => {
  it('are fetched where files tell of them', () => {
    const modules = '[submodule "lib"]\n\tpath = lib\n\turl = ../lib.git\n';
    expect(planOf(pictureOf({ 'etc/gitlab-runner/config.toml': CONFIG, '.gitmodules': modules })).job.submodules).toBe(
      true,
    );
    const ci = 'variables:\n  GIT_SUBMODULE_STRATEGY: recursive\nbuild:\n  script:\n    - make\n';
    const found = planOf(pictureOf({ '.gitlab-ci.yml': ci }));
    expect(found.job.submodules).toBe(true);
    expect(found.assumptions.map(({ says }) => says).join('\n')).toContain('a submodule on the same GitLab');
    expect(planOf(pictureOf({ '.gitlab-ci.yml': ci.replace('recursive', 'none') })).job).not.toHaveProperty(
      'submodules',
    );
  });
});
