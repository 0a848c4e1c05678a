import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose, isGrave } from '../../harness/diagnosis/index.ts';
import { reproductionAsJson } from '../../harness/report/reproduction/as-json.ts';
import { reproductionAsText } from '../../harness/report/reproduction/as-text.ts';
import { caseFile } from '../../harness/report/reproduction/case-file.ts';
import { reproductionJsonSchema, reproductionSchema } from '../../harness/report/reproduction/schema.ts';
import { readCase } from '../../harness/reproduce/index.ts';
import { symptomsIn } from '../../harness/reproduce/plan/symptom.ts';
import { bundle } from './_bundle.ts';
import { FILES, mended } from './_result.ts';

describe('a case that is written down', () => {
  const written = caseFile(bundle(FILES), mended());
  const read = readCase(bundle({ 'case.yaml': written }));

  it('has the files, and what the proxy asks for', () => {
    expect(read?.set).toEqual({ 'proxy.auth': 'basic' });
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
    const shortened = caseFile(bundle(files), { ...mended(), diagnosis, symptoms: symptomsIn(diagnosis.picture) });
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
    const json = reproductionAsJson(mended());
    expect(reproductionSchema.parse(json)).toMatchObject({ verdict: 'same-symptom', proved: [0] });
    expect(JSON.stringify(json)).not.toContain('Winter#2026');
    const published = readFileSync(new URL('../../schema/reproduce.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(published), 'It is out of date. Run npm run schema.').toEqual(reproductionJsonSchema());
  });

  it('as text says what is proved, what is not, and has no secret', () => {
    const text = reproductionAsText(mended(), { width: 100, colour: false });
    expect(text).toMatch(/^Reproduced: the same symptom\. A remedy is proved\.$/m);
    expect(text).toContain("the host's dockerd went to registry-1.docker.io directly, around the proxy.");
    expect(text).toContain('Proved: with this change everything works');
    expect(text).toContain('changes nothing: it fails as before');
    expect(text).not.toContain('Winter#2026');
  });
});

describe('the cases of the documentation', () => {
  const dir = new URL('../../docs/cases/', import.meta.url);

  it.each(readdirSync(dir).filter((name) => name.endsWith('.yaml')))(
    '%s can be run again, and check names its cause',
    (name) => {
      const read = readCase(bundle({ [name]: readFileSync(new URL(name, dir), 'utf8') }));
      const { findings, picture } = diagnose(read?.bundle ?? bundle({}));
      // What the proxy does no file shows.
      expect(findings.some(isGrave)).toBe(read?.elsewhere?.silentFor === undefined);
      expect(symptomsIn(picture)).toHaveLength(1);
    },
  );
});
