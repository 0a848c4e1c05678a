import type { Reproduction } from '../../reproduce/index.ts';

/** What came of a case, in one sentence, never more certain than that. */
export function headlineOf({ comparison, proof }: Reproduction): string {
  const proved = proof && proof.proved.length > 0 ? ' A remedy is proved.' : proof ? ' No remedy is proved.' : '';
  switch (comparison.verdict) {
    case 'same-symptom':
      return `Reproduced: the same symptom.${proved}`;
    case 'another-symptom':
      return `It fails here too, with another symptom.${proved}`;
    case 'fails-here':
      return `It fails here; the bundle has no log of how it fails there.${proved}`;
    case 'not-reproduced':
      return 'It cannot be reproduced: everything works here.';
    case 'works-here':
      return 'Everything works here.';
  }
}
