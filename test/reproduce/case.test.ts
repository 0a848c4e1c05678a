import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose, isGrave } from '../../harness/diagnosis/index.ts';
import { reproductionAsJson } from '../../harness/report/reproduction/as-json.ts';
import { reproductionAsText } from '../../harness/report/reproduction/as-text.ts';
import { caseFile } from '../../harness/report/reproduction/case-file.ts';
import { reproductionJsonSchema, reproductionSchema } from '../../harness/report/reproduction/schema.ts';
import { compare } from '../../harness/reproduce/compare.ts';
import { type Reproduction, readCase } from '../../harness/reproduce/index.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { symptomsIn } from '../../harness/reproduce/plan/symptom.ts';
import { candidatesFor } from '../../harness/reproduce/prove/candidates.ts';
import { bundle, CONFIG, DROP_IN, failedTrial } from './_bundle.ts';

const FILES = {
  'etc/gitlab-runner/config.toml': CONFIG,
  [DROP_IN]: '[Servce]\nEnvironment="HTTP_PROXY=http://svc:Winter#2026@proxy.corp.example:8080"\n',
  'job.log':
    'Running with gitlab-runner 17.11.4 (cc77edaf)\nERROR: Job failed: failed to pull image "alpine" with specified policies [always]: Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp 198.51.100.24:443: i/o timeout (manager.go:253:30s)\n',
};

/** A reproduction that failed at the pull; the first remedy mends it, the second does nothing. */
function result(): Reproduction {
  const diagnosis = diagnose(bundle(FILES));
  const plan = planOf(diagnosis.picture);
  const symptoms = symptomsIn(diagnosis.picture);
  const trial = failedTrial('pull', {
    who: 'daemon',
    kind: 'direct',
    host: 'registry-1.docker.io',
    text: 'svc:Winter#2026 failed',
  });
  const candidates = candidatesFor(diagnosis, plan);
  const [first, second] = candidates;
  if (!first || !second) throw new Error('The bundle has too few mistakes for this test.');
  return {
    diagnosis,
    plan,
    symptoms,
    trial,
    comparison: compare(symptoms, trial),
    candidates,
    proof: {
      tried: [
        { candidate: first, verdict: 'mends' },
        { candidate: second, verdict: 'no-effect', left: 'it fails as before' },
      ],
      proved: [first],
      after: { steps: [] },
    },
    events: [],
  };
}

describe('a case that is written down', () => {
  const written = caseFile(bundle(FILES), result());
  const read = readCase(bundle({ 'case.yaml': written }));

  it('has the files, and what the proxy asks for', () => {
    expect(read?.scheme).toBe('basic');
    expect(read?.bundle.files.map(({ name }) => name)).toEqual(Object.keys(FILES));
  });

  it('has no secret, and what is odd in one stays', () => {
    expect(written).not.toContain('Winter#2026');
    expect(written).not.toContain('glrt-secret');
    expect(written).toContain('xxx:Xxxxxx#0000@');
  });

  it('says the same when it is read again', () => {
    const causes = (of: Parameters<typeof diagnose>[0]) =>
      diagnose(of).findings.map(({ cause, line }) => `${cause} ${line}`);
    expect(causes(read?.bundle ?? bundle({}))).toEqual(causes(bundle(FILES)));
  });

  it('has of a long log what is around the symptom', () => {
    const log = `${'nothing\n'.repeat(400)}${FILES['job.log']}`;
    const files = { 'job.log': log };
    const diagnosis = diagnose(bundle(files));
    const shortened = caseFile(bundle(files), { ...result(), diagnosis, symptoms: symptomsIn(diagnosis.picture) });
    expect(shortened.split('\n').length).toBeLessThan(60);
    expect(shortened).toContain('failed to pull image');
  });
});

describe('a file that is no case', () => {
  it('is a bundle like any other', () => {
    expect(readCase(bundle({ '.gitlab-ci.yml': 'build:\n  script: [true]\n' }))).toBeUndefined();
    expect(readCase(bundle(FILES))).toBeUndefined();
  });

  it('and names itself one is refused in a sentence', () => {
    expect(() => readCase(bundle({ 'case.yaml': 'proxyproof: 1\nfiles: 3\n' }))).toThrow(/^.*files.*\.$/);
    expect(() => readCase(bundle({ 'case.yaml': 'proxyproof: 1\nfiles: {\n' }))).toThrow(
      /^case\.yaml is no YAML: .*\.$/,
    );
  });
});

describe('what came of a case', () => {
  it('as JSON fits its schema, which is published, and has no secret', () => {
    const json = reproductionAsJson(result());
    expect(reproductionSchema.parse(json)).toMatchObject({ verdict: 'same-symptom', proved: [0] });
    expect(JSON.stringify(json)).not.toContain('Winter#2026');
    const published = readFileSync(new URL('../../schema/reproduce.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(published), 'It is out of date. Run npm run schema.').toEqual(reproductionJsonSchema());
  });

  it('as text says what is proved, what is not, and has no secret', () => {
    const text = reproductionAsText(result(), { width: 100, colour: false });
    expect(text).toMatch(/^Reproduced: the same symptom\. A remedy is proved\.$/m);
    expect(text).toContain("the host's dockerd went to registry-1.docker.io directly, around the proxy.");
    expect(text).toContain('Proved: with this change everything works');
    expect(text).toContain('changes nothing: it fails as before');
    expect(text).not.toContain('Winter#2026');
  });
});

describe('the cases of the documentation', () => {
  const dir = new URL('../../docs/cases/', import.meta.url);

  it.each(readdirSync(dir))('%s can be run again, and check names its cause', (name) => {
    const read = readCase(bundle({ [name]: readFileSync(new URL(name, dir), 'utf8') }));
    const { findings, picture } = diagnose(read?.bundle ?? bundle({}));
    expect(findings.some(isGrave)).toBe(true);
    expect(symptomsIn(picture)).toHaveLength(1);
  });
});
