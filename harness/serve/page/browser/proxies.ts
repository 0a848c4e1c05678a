import { escapeHtml } from '../../../report/picture/markup.ts';
import type { LabState, PeerView } from '../../protocol.ts';
import type { Api } from './api.ts';
import { brief, deed, saidIn } from './deed.ts';
import { type LabDocument, type LabElement, part } from './dom.ts';
import { patch } from './patch.ts';

const DONE: Readonly<Record<string, string>> = {
  start: 'is started',
  stop: 'is stopped: it takes no connections now',
  restart: 'is started again',
};

/** The card of the peers: where each is, and for a proxy its switch and whom it lets in. */
export function startPeers(page: LabDocument, api: Api): (state: LabState) => void {
  const card = part(page, 'peers');
  const said = saidIn(page, 'peers');
  card.addEventListener('click', ({ target }) => {
    const button = target?.closest('button[data-proxy]');
    const { proxy = '', does = '' } = button?.dataset ?? {};
    if (!button) return;
    void deed(said, button, async () => {
      if (does in DONE) {
        await api.ask('POST', `/api/proxies/${proxy}/${does}`);
        return `The ${proxy} ${DONE[does]}.`;
      }
      return await credentials(proxy, does === 'rotate' ? { rotate: true } : { none: true });
    });
  });
  card.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    const proxy = form?.dataset['proxy'] ?? '';
    const value = (name: string): string => form?.querySelector(`[name=${name}]`)?.value ?? '';
    void deed(said, form?.querySelector('button') ?? null, () =>
      credentials(proxy, { user: value('user'), password: value('password') }),
    );
  });

  const credentials = async (proxy: string, body: object): Promise<string> => {
    const answer = await api.ask('PUT', `/api/proxies/${proxy}/credentials`, body);
    const { user } = (await answer.json()) as PeerView;
    if (user === undefined) return `The ${proxy} lets nobody in now.`;
    return `The ${proxy} lets ${user} in now, with a new password: see “What to paste”.`;
  };

  const forms = new Map<string, string>();
  return ({ peers }) => {
    const proxies = peers.filter(isProxy);
    const down = proxies.filter((each) => each.listening === false);
    const how =
      down.length === 0
        ? proxies.map(({ scheme }) => scheme).find(Boolean)
        : `${down.map(({ name }) => name).join(' and ')} stopped`;
    brief(page, 'peers', how ?? '');
    // A form that somebody is writing in must not be made anew; only what is said of the peers is.
    const names = proxies.map(({ name, scheme }) => `${name} ${scheme}`).join();
    if (forms.get('names') !== names) {
      forms.set('names', names);
      part(page, 'peer-list').innerHTML = peers.map(peerHtml).join('');
    }
    for (const peer of peers) {
      const facts = part(page, 'peer-list').querySelector(`[data-facts=${peer.name}]`);
      if (facts) patch(page, facts, factsHtml(peer));
      setSwitch(part(page, 'peer-list').querySelector(`[data-switch=${peer.name}]`), peer);
    }
  };
}

const isProxy = ({ name }: PeerView): boolean => name === 'proxy' || name === 'standby';

/** The names of the buttons say what they do now. */
function setSwitch(button: LabElement | null, { name, listening }: PeerView): void {
  const does = listening === false ? 'start' : 'stop';
  if (!button || button.dataset['does'] === does) return;
  button.dataset['does'] = does;
  button.textContent = does === 'start' ? 'Start' : 'Stop';
  button.setAttribute('aria-label', `${does === 'start' ? 'Start' : 'Stop'} the ${name}`);
}

function factsHtml({ name, product, url, listening, scheme, user }: PeerView): string {
  const state =
    listening === undefined
      ? ''
      : `<span class="state ${listening ? 'on' : 'off'}">${listening ? 'listening' : 'stopped'}</span>`;
  const lets =
    scheme === undefined || scheme === 'none'
      ? ''
      : `<p>Asks for <code>${escapeHtml(scheme)}</code>, lets ${user === undefined ? '<strong>nobody</strong>' : `<code>${escapeHtml(user)}</code>`} in.</p>`;
  const open =
    isProxy({ name, product, url }) && (scheme === undefined || scheme === 'none')
      ? '<p>Asks for no credentials.</p>'
      : '';
  return `<div class="line"><strong>${escapeHtml(name)}</strong> <small>${escapeHtml(product)}</small>${state}</div><code class="how">${escapeHtml(url)}</code>${lets}${open}`;
}

function peerHtml(peer: PeerView): string {
  const { name } = peer;
  const button = (does: string, label: string, of: string): string =>
    `<button type="button" data-proxy="${name}" data-does="${does}" aria-label="${of}">${label}</button>`;
  const asks = peer.scheme !== undefined && peer.scheme !== 'none';
  const controls = isProxy(peer)
    ? `<div class="buttons"><button type="button" data-proxy="${name}" data-switch="${name}"></button>${button('restart', 'Restart', `Restart the ${name}`)}</div>
${
  asks
    ? `<details class="more"><summary>Credentials of the ${name}</summary><form data-proxy="${name}" class="fields">
<p class="field"><label for="user-${name}">User</label><input id="user-${name}" name="user" required autocomplete="off" spellcheck="false"></p>
<p class="field"><label for="password-${name}">Password</label><input id="password-${name}" name="password" type="password" required autocomplete="new-password"></p>
<div class="buttons"><button>Set</button>${button('rotate', 'Rotate the password', `Rotate the password of the ${name}`)}${button('none', 'Let nobody in', `Let nobody in at the ${name}`)}</div></form></details>`
    : ''
}`
    : '';
  return `<li><div data-facts="${name}"></div>${controls}</li>`;
}
