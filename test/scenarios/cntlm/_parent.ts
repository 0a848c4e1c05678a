import type { EventBody } from '../../../harness/ledger/index.ts';
import type { Story } from '../_builder.ts';

const ACCOUNT = { user: 'testuser', domain: 'CORP-UK', workstation: 'VM' } as const;

type Said = Pick<Extract<EventBody, { kind: 'authentication' }>, 'step' | 'reason'>;

let count = 0;

/** A request that comes to the parent by cntlm on a connection of its own, with what cntlm says of itself before. */
export function byCntlm(
  story: Story,
  { said, status = 200, method = 'GET', to }: { said?: Said; status?: number; method?: string; to?: string } = {},
): Story {
  const [connection, exchange] = [`nc${++count}`, `ne${count}`];
  if (to !== undefined) {
    story.add('proxy', { kind: 'connection', connection, via: 'subject', from: '192.0.2.1:5000', to, tls: false });
  }
  const target = 'http://gitlab.test:41000/group/project.git/info/refs?service=git-upload-pack';
  const headers = [['Proxy-Authorization', 'NTLM «unknown»']] as const;
  const request = {
    kind: 'request',
    connection,
    exchange,
    via: 'subject',
    method,
    target,
    httpVersion: '1.1',
    headers,
  } as const;
  story.add('proxy', request);
  if (said) story.add('proxy', { kind: 'authentication', exchange, scheme: 'ntlm', ...ACCOUNT, ...said });
  return story.add('proxy', { kind: 'response', exchange, status, reason: '', headers: [], madeBy: 'origin' });
}

export const GRANTED: Said = { step: 'granted' };
export const REFUSED: Said = { step: 'refused', reason: 'the password is wrong' };
