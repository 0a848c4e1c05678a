import { escapeHtml } from '../../../report/picture/markup.ts';
import type { FaultKind, LabState } from '../../protocol.ts';
import type { Api } from './api.ts';
import { brief, deed, saidIn } from './deed.ts';
import { type LabDocument, type LabElement, part } from './dom.ts';
import { constantsOf, type FormField, fieldsOf } from './fields.ts';
import { formHtml } from './form-html.ts';
import { formValue } from './form-value.ts';
import { patch } from './patch.ts';

/** The card for faults of a proxy: those that are on, and a form for another. */
export class FaultsCard {
  readonly #page: LabDocument;
  readonly #api: Api;
  #kinds: readonly FaultKind[] = [];
  #fields: readonly FormField[] = [];

  constructor(page: LabDocument, api: Api) {
    this.#page = page;
    this.#api = api;
    const card = part(page, 'faults');
    part(page, 'fault-kind').addEventListener('change', () => this.#askFor());
    part(page, 'fault-form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#add(event.target?.querySelector('button[type=submit]') ?? null);
    });
    card.addEventListener('click', ({ target }) => {
      const off = target?.closest('[data-off]');
      if (!off) return;
      const id = off.dataset['off'] ?? '';
      void deed(saidIn(page, 'faults'), off, async () => {
        await api.ask('DELETE', `/api/faults/${id}`);
        return 'The fault is switched off.';
      });
    });
  }

  /** Asks once which kinds of faults there are. */
  async load(): Promise<void> {
    if (this.#kinds.length > 0) return;
    this.#kinds = await this.#api.get<FaultKind[]>('/api/faults');
    const options = this.#kinds.map(({ name }) => `<option>${escapeHtml(name)}</option>`);
    part(this.#page, 'fault-kind').innerHTML = options.join('');
    this.#askFor();
  }

  show({ faults }: LabState): void {
    const struck = faults.reduce((sum, each) => sum + each.struck, 0);
    brief(this.#page, 'faults', faults.length === 0 ? 'none' : `${faults.length} on, struck ${times(struck)}`);
    const items = faults.map(({ id, proxy, name, does, fault, struck: often }) => {
      const declared = Object.entries(fault).filter(([key]) => key !== 'fault');
      const how = declared.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ');
      return `<li><div class="line"><strong>${escapeHtml(name)}</strong> <small>at the ${escapeHtml(proxy)}</small><span class="count${often > 0 ? ' hot' : ''}">struck ${times(often)}</span><button type="button" data-off="${id}" data-key="off-${id}" aria-label="Switch off ${escapeHtml(name)} at the ${escapeHtml(proxy)}">Switch off</button></div><p>${escapeHtml(does)}</p>${how === '' ? '' : `<code class="how">${escapeHtml(how)}</code>`}</li>`;
    });
    patch(this.#page, part(this.#page, 'faults-on'), items.join(''));
  }

  get #kind(): FaultKind | undefined {
    return this.#kinds.find(({ name }) => name === part(this.#page, 'fault-kind').value);
  }

  #askFor(): void {
    const kind = this.#kind;
    if (!kind) return;
    this.#fields = fieldsOf(kind.schema);
    part(this.#page, 'fault-fields').innerHTML = formHtml(this.#fields, 'fault');
    const proxies = kind.proxies.map((each) => `<option>${escapeHtml(each)}</option>`).join('');
    patch(this.#page, part(this.#page, 'fault-proxy'), proxies);
    part(this.#page, 'fault-at').hidden = kind.proxies.length < 2;
  }

  async #add(button: LabElement | null): Promise<void> {
    const kind = this.#kind;
    if (!kind) return;
    const fields = part(this.#page, 'fault-fields');
    const at = (name: string): LabElement | undefined =>
      [...fields.querySelectorAll('[data-field]')].find((each) => each.dataset['field'] === name);
    const read = formValue(this.#fields, (name) => at(name)?.value ?? '');
    const wrong = 'wrong' in read ? read.wrong : new Map<string, string>();
    for (const { name } of this.#fields) {
      const field = at(name);
      field?.setAttribute('aria-invalid', String(wrong.has(name)));
      const says = field?.closest('.field')?.querySelector('.wrong');
      if (says) says.textContent = wrong.get(name) ?? '';
    }
    const first = [...wrong.keys()][0];
    const field = first === undefined ? undefined : at(first);
    const around = field?.closest('details.more');
    if (around) around.open = true;
    field?.focus();
    if ('wrong' in read) return;
    const proxy = part(this.#page, 'fault-proxy').value || 'proxy';
    await deed(saidIn(this.#page, 'faults'), button, async () => {
      await this.#api.ask('POST', '/api/faults', { proxy, fault: { ...constantsOf(kind.schema), ...read.value } });
      return `The fault ${kind.name} is on.`;
    });
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`);
