import type { LedgerEvent } from '../../../ledger/index.ts';
import type { LabState } from '../../protocol.ts';
import { Api } from './api.ts';
import { rememberCards } from './cards.ts';
import { ClockTime } from './clock-time.ts';
import { type LabDocument, type LabWindow, part } from './dom.ts';
import { startDrop } from './drop.ts';
import { startExports } from './exports.ts';
import { FaultsCard } from './faults.ts';
import { startFilters } from './filters.ts';
import { coalesced } from './frames.ts';
import { showHead, showLink } from './head.ts';
import { JobsCard } from './jobs.ts';
import { showConnections, startFindings, startPastes } from './lists.ts';
import { startPlans } from './plans.ts';
import { startPeers } from './proxies.ts';
import { LabRecord } from './record.ts';
import { RecordView } from './record-view.ts';
import { LabStream } from './stream.ts';
import { takeToken } from './token.ts';

declare const document: LabDocument;
declare const window: LabWindow;

/** Until the lab has said how much it keeps. */
const LIMIT = 10_000;

function start(token: string): void {
  const api = new Api(token);
  let state: LabState | undefined;
  let time = new ClockTime('');
  const record = new LabRecord();
  const view = new RecordView(document, window, record, time);
  const names = startFilters(document, (choice) => {
    view.choice = choice;
  });
  const findings = startFindings(document, (seq) => view.show(seq));
  const peers = startPeers(document, api);
  const plans = startPlans(document, api);
  const pastes = startPastes(document);
  const faults = new FaultsCard(document, api);
  const jobs = new JobsCard(document, api);
  startExports(document, api);
  startDrop(document, (file) => void jobs.take(file));

  const showState = coalesced(
    () => {
      if (!state) return;
      showHead(document, state, time);
      findings(state, time);
      peers(state);
      plans(state);
      faults.show(state);
      jobs.show(state);
      showConnections(document, state, time);
      pastes(state);
    },
    (draw) => window.requestAnimationFrame(draw),
  );
  const stream = new LabStream({
    api,
    state: (next) => {
      if (next.startedAt !== state?.startedAt) {
        time = new ClockTime(next.startedAt);
        view.time = time;
        void faults.load().catch(() => {});
      }
      state = next;
      showState();
    },
    events: (events: readonly LedgerEvent[]) => {
      record.add(events, state?.record.limit ?? LIMIT);
      names(record);
      view.update();
    },
    link: (link) => showLink(document, link),
    another: () => {
      record.clear();
      view.follow();
    },
  });
  part(document, 'again').addEventListener('click', () => stream.now());
  void stream.run();
}

rememberCards(document, window);
const token = takeToken(window);
if (token === undefined) {
  showLink(document, {
    is: 'refused',
    why: 'This address lacks the token. Open the whole address that `serve` printed: it ends in #token=…',
  });
} else start(token);
