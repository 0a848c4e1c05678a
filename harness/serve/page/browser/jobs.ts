import { escapeHtml } from '../../../report/picture/markup.ts';
import type { JobView, LabState, QueuedJobs } from '../../protocol.ts';
import type { Api } from './api.ts';
import { brief, deed, saidIn } from './deed.ts';
import { type LabDocument, type LabFile, part } from './dom.ts';
import { save } from './exports.ts';
import { jobOf } from './job-form.ts';
import { patch } from './patch.ts';

/** A .gitlab-ci.yml is not larger than this, in bytes; what is, was dropped by mistake. */
const LARGEST_FILE = 1_000_000;
/** Jobs that are listed: of a lab that is up for days the newest. */
const LISTED = 50;

/** The card of jobs: a form, a file, and what became of those that were queued. */
export class JobsCard {
  readonly #page: LabDocument;
  readonly #api: Api;

  constructor(page: LabDocument, api: Api) {
    this.#page = page;
    this.#api = api;
    part(page, 'job-form').addEventListener('submit', (event) => {
      event.preventDefault();
      const written = (name: string): string => part(page, `job-${name}`).value;
      void deed(saidIn(page, 'jobs'), event.target?.querySelector('button[type=submit]') ?? null, async () => {
        const answer = await api.ask('POST', '/api/jobs', jobOf(written));
        return this.#queued((await answer.json()) as QueuedJobs);
      });
    });
    const picker = part(page, 'ci-file');
    picker.addEventListener('change', () => {
      const [file] = Array.from(picker.files ?? []);
      picker.value = '';
      if (file) void this.take(file);
    });
    part(page, 'ci-pick').addEventListener('click', () => picker.click());
    part(page, 'job-list').addEventListener('click', ({ target }) => {
      const cancel = target?.closest('[data-cancel]');
      const trace = target?.closest('[data-trace]');
      const id = (cancel ?? trace)?.dataset[cancel ? 'cancel' : 'trace'] ?? '';
      if (cancel) {
        void deed(saidIn(page, 'jobs'), cancel, async () => {
          await api.ask('POST', `/api/jobs/${id}/cancel`);
          return `Job ${id} is canceled.`;
        });
      }
      if (trace) void deed(saidIn(page, 'jobs'), trace, () => save(api, `/api/jobs/${id}/trace`, `job-${id}.log`));
    });
  }

  /** Queues the jobs of a .gitlab-ci.yml. */
  async take(file: LabFile): Promise<void> {
    part(this.#page, 'jobs').open = true;
    await deed(saidIn(this.#page, 'jobs'), null, async () => {
      if (file.size > LARGEST_FILE) throw new Error(`${file.name} is too large for a .gitlab-ci.yml.`);
      const answer = await this.#api.ask('POST', '/api/jobs/ci', await file.text(), 'text/yaml');
      return this.#queued((await answer.json()) as QueuedJobs);
    });
    part(this.#page, 'jobs').scrollIntoView({ block: 'nearest' });
  }

  show({ jobs }: LabState): void {
    const of = (state: JobView['state']): number => jobs.filter((each) => each.state === state).length;
    const counts = (['running', 'pending', 'failed'] as const).filter((state) => of(state) > 0);
    const rest = jobs.length === 0 ? 'none' : `${jobs.length} done`;
    brief(this.#page, 'jobs', counts.length > 0 ? counts.map((state) => `${of(state)} ${state}`).join(', ') : rest);
    const left = jobs.length - LISTED;
    const more = left > 0 ? `<li><small>and ${left} older ones</small></li>` : '';
    const listed = jobs.slice(-LISTED).toReversed().map(jobHtml).join('');
    patch(this.#page, part(this.#page, 'job-list'), listed + more);
  }

  #queued({ jobs, leftOut }: QueuedJobs): string {
    const left = part(this.#page, 'left-out');
    patch(this.#page, left, leftOut.map((each) => `<li>${escapeHtml(each)}</li>`).join(''));
    part(this.#page, 'left-out-part').hidden = leftOut.length === 0;
    const names = jobs.map(({ id, name }) => (name === '' ? `job ${id}` : name));
    if (names.length === 0) return 'No job was queued.';
    return `Queued: ${names.join(', ')}. A runner gets ${names.length === 1 ? 'it' : 'them'} when it asks next.`;
  }
}

function jobHtml({ id, name, state, tail }: JobView): string {
  const called = name === undefined || name === '' ? `job ${id}` : name;
  const number = called === name ? ` <small>#${id}</small>` : '';
  const isOpen = state === 'pending' || state === 'running';
  const cancel = isOpen
    ? `<button type="button" data-cancel="${id}" data-key="cancel-${id}" aria-label="Cancel ${escapeHtml(called)}">Cancel</button>`
    : '';
  const trace =
    tail === ''
      ? ''
      : `<details data-key="tail-${id}"><summary data-key="tail-line-${id}">Last lines of its trace</summary><pre data-scrolls="${id}" tabindex="0" aria-label="Last lines of the trace of ${escapeHtml(called)}">${escapeHtml(tail)}</pre><button type="button" data-trace="${id}" data-key="trace-${id}">Save the whole trace</button></details>`;
  return `<li><div class="line"><span class="word ${state}">${state}</span> <strong>${escapeHtml(called)}</strong>${number}${cancel}</div>${trace}</li>`;
}
