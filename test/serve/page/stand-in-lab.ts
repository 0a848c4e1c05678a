import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import type { LedgerEvent } from '../../../harness/ledger/index.ts';
import { AnswerItself, Close, Delay } from '../../../harness/proxy/faults/index.ts';
import { labPage } from '../../../harness/serve/page/index.ts';
import type { FaultKind, FaultView, JobView, LabState } from '../../../harness/serve/protocol.ts';

export const TOKEN = 'a-token-of-the-tests';

const KINDS: readonly FaultKind[] = [Delay, AnswerItself, Close].map(({ schema }) => {
  const json = z.toJSONSchema(schema) as FaultKind['schema'];
  const { fault } = json['properties'] as { fault: { const: string } };
  return { name: fault.const, proxies: fault.const === 'delay' ? ['proxy', 'standby'] : ['proxy'], schema: json };
});

/** Speaks the lab's protocol and has no world behind it: what it is asked for it notes, and what it shows a test decides. */
export class StandInLab implements AsyncDisposable {
  /** What the page asked for: method, path and body. */
  readonly asked: { readonly what: string; readonly body: unknown }[] = [];
  readonly events: LedgerEvent[] = [];
  state: LabState;
  readonly #server: Server;
  readonly #viewers = new Set<Response>();

  private constructor(state: LabState, listen: (app: express.Express) => Server) {
    this.state = state;
    const app = express();
    app.get('/', (_, response) => {
      const { html, headers } = labPage();
      response.set(headers).send(html);
    });
    app.use('/api', (request, response, next) => {
      if (request.get('authorization') === `Bearer ${TOKEN}`) next();
      else response.status(401).json({ error: 'The token is missing or wrong.' });
    });
    app.use(express.json(), express.text({ type: 'text/yaml' }));
    app.use((request, _, next) => {
      if (request.method !== 'GET') this.asked.push({ what: `${request.method} ${request.path}`, body: request.body });
      next();
    });
    this.#routes(app);
    this.#server = listen(app);
  }

  static async start(state: LabState): Promise<StandInLab> {
    return new Promise((resolve) => {
      const lab: StandInLab = new StandInLab(state, (app) => app.listen(0, '127.0.0.1', () => resolve(lab)));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Records events, and shows them to whoever looks. */
  record(events: readonly LedgerEvent[]): void {
    this.events.push(...events);
    for (const viewer of this.#viewers) send(viewer, 'events', events, events.at(-1)?.seq);
  }

  change(change: Partial<LabState>): void {
    this.state = { ...this.state, ...change };
    for (const viewer of this.#viewers) send(viewer, 'state', this.state);
  }

  /** Ends the stream of everybody who looks. */
  cut(): void {
    for (const viewer of this.#viewers) viewer.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #routes(app: express.Express): void {
    app.get('/api/events', (request, response) => this.#stream(request, response));
    app.get('/api/faults', (_, response) => void response.json(KINDS));
    app.post('/api/faults', (request, response) => {
      const { proxy, fault } = request.body as Pick<FaultView, 'proxy' | 'fault'>;
      const name = String(fault['fault']);
      const id = this.state.faults.length + 1;
      const view: FaultView = { id, proxy, name, does: `Does what ${name} does.`, fault, struck: 0 };
      this.change({ faults: [...this.state.faults, view] });
      response.status(201).json(view);
    });
    app.delete('/api/faults/:id', (request, response) => {
      this.change({ faults: this.state.faults.filter(({ id }) => String(id) !== request.params.id) });
      response.status(204).end();
    });
    const jobs = (names: readonly string[], leftOut: readonly string[], response: Response): void => {
      const added = names.map((name, index): JobView => {
        const id = this.state.jobs.length + index + 1;
        return { id, state: 'pending', tail: '', ...(name === '' ? {} : { name }) };
      });
      this.change({ jobs: [...this.state.jobs, ...added] });
      response.status(201).json({ jobs: added.map(({ id, name = '' }) => ({ id, name, spec: {} })), leftOut });
    };
    app.post('/api/jobs', (_, response) => jobs([''], [], response));
    app.post('/api/jobs/ci', (request, response) => {
      const names = [...String(request.body).matchAll(/^(\w+):$/gm)].map(([, name = '']) => name);
      if (names.length > 0) jobs(names, ['`rules` of build are left out: the lab runs every job.'], response);
      else response.status(400).json({ error: 'The file has no job. Give it one with a script.' });
    });
    app.get('/api/export/:name', (_, response) => void response.type('text/plain').send('kept'));
    app.get('/api/jobs/:id/trace', (_, response) => void response.type('text/plain').send('the whole trace'));
    app.put('/api/plan', (request, response) => {
      const { preset, plan } = request.body as { preset?: string; plan?: unknown };
      const { plan: _, ...rest } = this.state;
      const name = preset ?? (plan === undefined ? undefined : 'own');
      this.state = { ...rest, ...(name === undefined ? {} : { plan: name }) };
      this.change({});
      response.status(204).end();
    });
    app.put('/api/proxies/:name/credentials', (request, response) => {
      const peer = this.state.peers.find(({ name }) => name === request.params.name);
      response.json(peer);
    });
    app.post('/api/proxies/:name/:does', (request, response) => {
      const { name, does } = request.params;
      const peers = this.state.peers.map((each) =>
        each.name === name ? { ...each, listening: does !== 'stop' } : each,
      );
      this.change({ peers });
      response.status(204).end();
    });
    app.post('/api/jobs/:id/cancel', (request, response) => {
      const jobs = this.state.jobs.map((each) =>
        String(each.id) === request.params.id ? { ...each, state: 'canceled' as const } : each,
      );
      this.change({ jobs });
      response.status(204).end();
    });
  }

  #stream(request: Request, response: Response): void {
    response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    this.#viewers.add(response);
    response.on('close', () => this.#viewers.delete(response));
    send(response, 'state', this.state);
    const after = Number(request.get('last-event-id') ?? 0);
    const missed = this.events.filter(({ seq }) => seq > after);
    for (let at = 0; at < missed.length; at += 500) {
      const part = missed.slice(at, at + 500);
      send(response, 'events', part, part.at(-1)?.seq);
    }
  }
}

function send(to: Response, event: string, data: unknown, id?: number): void {
  to.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`);
}
