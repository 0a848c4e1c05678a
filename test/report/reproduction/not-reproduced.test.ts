import { describe, expect, it } from 'vitest';
import { reproductionAsText } from '../../../harness/report/reproduction/as-text.ts';
import { failureWords } from '../../../harness/report/reproduction/failure-words.ts';
import { reproductionPage } from '../../../harness/report/reproduction/page/page.ts';
import { compare } from '../../../harness/reproduce/compare.ts';
import { bundle } from '../../reproduce/_bundle.ts';
import { FILES, mended } from '../../reproduce/_result.ts';

describe('a failure that cannot be reproduced', () => {
  const { proof: _, ...rest } = mended(bundle(FILES));
  const trial = { steps: rest.trial.steps.slice(0, 1) };
  const result = { ...rest, trial, comparison: compare(rest.symptoms, trial) };

  it('says what check finds all the same, and what to ask for', () => {
    const text = reproductionAsText(result, { width: 100, colour: false });
    expect(text).toMatch(/What check finds in these files, not proved here\n.*systemd\/wrong-section/s);
    expect(text).toMatch(/Ask the customer for\n.* {2}proxyproof collect\n/s);
  });

  it('says the same on its page', () => {
    const page = reproductionPage(result, { version: '0.1.0', files: [] });
    expect(page).toContain('<h2>What check finds in these files, not proved here</h2>');
    expect(page).toContain('<code>proxyproof collect</code>');
  });
});

describe('how a step failed', () => {
  it('tells cntlm that refuses from the proxy behind it', () => {
    const failure = { who: 'client', kind: 'answered', text: 'response 407' } as const;
    expect(failureWords(failure)).toBe('cntlm refused by itself, before it asked a proxy. It says: response 407');
    expect(failureWords({ ...failure, host: 'gitlab.test', status: 407 })).toContain(
      'the proxy answered cntlm with 407',
    );
  });
});

describe('what was tried besides', () => {
  it('is what mends it as well, and what does not; a mistake stays one', () => {
    const { proof, ...others } = mended(bundle(FILES));
    const [first, second] = proof.tried;
    if (!first || !second) throw new Error('Nothing was tried.');
    const tried = [
      { ...first, verdict: 'no-effect' as const },
      { ...second, verdict: 'mends' as const },
    ];
    const text = reproductionAsText(
      { ...others, proof: { ...proof, proved: [], tried } },
      { width: 200, colour: false },
    );
    expect(text).toMatch(/Tried alone, and mends it as well\n.*mends it as well/);
    expect(text).toContain('is wrong all the same, and does not stop what fails here');
  });
});
