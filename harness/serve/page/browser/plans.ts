import { escapeHtml } from '../../../report/picture/markup.ts';
import type { LabState } from '../../protocol.ts';
import type { Api } from './api.ts';
import { brief, deed, saidIn } from './deed.ts';
import { type LabDocument, part } from './dom.ts';
import { patch } from './patch.ts';

/** The card of what GitLab answers: a plan that has a name, one of the reader's own, or honest answers. */
export function startPlans(page: LabDocument, api: Api): (state: LabState) => void {
  let says: ReadonlyMap<string, string> = new Map();
  const preset = part(page, 'preset');
  const said = saidIn(page, 'plan');
  const explain = (): void => {
    part(page, 'preset-says').textContent = says.get(preset.value) ?? '';
  };
  preset.addEventListener('change', explain);
  part(page, 'preset-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void deed(said, event.target?.querySelector('button') ?? null, async () => {
      await api.ask('PUT', '/api/plan', { preset: preset.value });
      return `GitLab follows the plan ${preset.value} from now on.`;
    });
  });
  part(page, 'honest').addEventListener('click', ({ target }) => {
    void deed(said, target, async () => {
      await api.ask('PUT', '/api/plan', { honest: true });
      return 'GitLab answers honestly from now on.';
    });
  });
  part(page, 'own-plan-form').addEventListener('submit', (event) => {
    event.preventDefault();
    void deed(said, event.target?.querySelector('button') ?? null, async () => {
      await api.ask('PUT', '/api/plan', { plan: readPlan(part(page, 'own-plan').value) });
      return 'GitLab follows your plan from now on.';
    });
  });
  return ({ plan, presets }) => {
    brief(page, 'plan', plan === undefined ? 'honest' : plan === 'own' ? 'a plan of your own' : plan);
    part(page, 'honest').disabled = plan === undefined;
    says = new Map(presets.map((each) => [each.name, each.says]));
    const before = preset.value;
    const options = presets.map(({ name }) => `<option>${escapeHtml(name)}</option>`).join('');
    patch(page, preset, options);
    if (before !== '' && says.has(before)) preset.value = before;
    explain();
  };
}

/** @throws Error with a sentence for the reader */
export function readPlan(text: string): unknown[] {
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch (error) {
    throw new Error(`The plan is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (!Array.isArray(plan)) throw new Error('A plan is a list of steps: begin with [ and end with ].');
  return plan;
}
