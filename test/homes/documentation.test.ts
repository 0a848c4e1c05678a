import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../cli/_tool.ts';
import { actionInputs } from './_github.ts';
import { type Inputs, inputsOf, pipelineWith } from './_gitlab.ts';
import { published } from './_schema.ts';

const TEXT = readFileSync(join(ROOT, 'docs', 'ci.md'), 'utf8');
const blocks = [...TEXT.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = '']) => yaml);
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** Every step of a document that uses the action. */
function uses(document: unknown): { uses: string; with: Record<string, unknown> }[] {
  if (typeof document !== 'object' || document === null) return [];
  if ('uses' in document && `${document.uses}`.startsWith('proxyproof/')) return [document as never];
  return Object.values(document).flatMap(uses);
}

test('every example of the component fits in eight lines, names a tag and inputs that there are, and is a pipeline', () => {
  const examples = blocks.filter((each) => each.includes('component:'));
  expect(examples).toHaveLength(2);
  for (const example of examples) {
    expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(8);
    const document = parse(example) as { include: [{ component: string; inputs: Inputs }] };
    expect(published('gitlab-ci')(document)).toEqual([]);
    const [{ component, inputs }] = document.include;
    expect(component).toMatch(new RegExp(`/proxyproof@${RegExp.escape(version)}$`));
    expect(Object.keys(pipelineWith(inputs))).toEqual(
      inputs['shards'] ? ['proxyproof-shard', 'proxyproof-verdict'] : ['proxyproof'],
    );
  }
});

test('every example of the action names its tag and inputs that there are; the first fits in eight lines', () => {
  const steps = blocks.flatMap((each) => uses(parse(each)));
  expect(steps.length).toBeGreaterThan(3);
  for (const step of steps) {
    expect(step.uses).toBe(`proxyproof/proxyproof@v${version}`);
    for (const input of Object.keys(step.with)) expect(actionInputs).toContain(input);
  }
  const shortest = blocks
    .filter((each) => each.includes('uses: proxyproof'))
    .map((each) => each.split('\n').length - 1);
  expect(Math.min(...shortest)).toBeLessThanOrEqual(8);
});

test('every input is told of, and every link leads somewhere', () => {
  for (const name of [...Object.keys(inputsOf), ...actionInputs]) expect(TEXT).toContain(`\`${name}\``);
  for (const [, link = ''] of TEXT.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
    expect(existsSync(join(ROOT, 'docs', link)), link).toBe(true);
});
