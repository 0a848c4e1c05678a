import type { CntlmDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { firstOf } from '../_first.ts';
import type { Cause, Found } from '../cause.ts';
import { bridgeAddress, containerAddress, ruleFor } from './_rules.ts';
import { placeOf, settingOf } from './_settings.ts';

const DENIED = /Connection denied for (\d+\.\d+\.\d+\.\d+)/;

export const deniedByAclCause: Cause = {
  id: 'cntlm/denied-by-acl',
  severity: 'error',
  title: "cntlm's Allow and Deny do not let the containers in.",
  seen: 'A Deny that has the containers’ network, with no Allow for it before; or “Connection denied for” in the log. The first rule that has an address decides, and where none has it cntlm lets it in. Not where cntlm listens on the loopback alone, and no container asks it.',
  fix: 'Put an Allow with the network of the containers before the Deny.',
  symptoms: ['407 Access denied', 'Connection denied for', 'containers get 407, the host does not'],
  find: (picture) => {
    const said = firstOf(
      picture.lines.filter(({ text }) => DENIED.test(text)),
      () => '',
    ).map((line) => ({ address: DENIED.exec(line.text)?.[1] ?? '', at: line }));
    const address = said[0]?.address ?? containerAddress(picture);
    const rules = address === undefined ? [] : picture.all('cntlm').flatMap((each) => byRule(picture, each, address));
    if (rules.length > 0) return rules;
    return said.map(({ address: denied, at }) => ({
      ...placeOf(at),
      at: denied,
      says: `cntlm has turned ${denied} away: its Allow and Deny do not let this address in.`,
      remedy: { says: `Put Allow with the network of ${denied} before the Deny in cntlm.conf.` },
    }));
  },
};

function byRule(picture: Picture, document: CntlmDocument, address: string): readonly Found[] {
  const rule = ruleFor(document, address);
  const isDenied = picture.lines.some(({ text }) => DENIED.exec(text)?.[1] === address);
  if (rule?.key !== 'deny' || (!isDenied && !asksContainers(picture, document))) return [];
  const network = `${address.split('.').slice(0, 2).join('.')}.0.0/16`;
  return [
    {
      ...placeOf(rule),
      at: rule.value,
      says: `cntlm turns ${isDenied ? `${address} away` : `containers away (such as ${address})`}, and answers 407 Access denied, whatever is sent.`,
      remedy: {
        says: 'Allow the network of the containers before this line: the first rule that has an address decides.',
        edits: [{ file: rule.file, line: rule.line, to: `Allow ${network}\n${rule.written.trimEnd()}` }],
      },
    },
  ];
}

/** Whether containers come to this cntlm: it listens at an address of the bridge, or at all, and jobs are given that address. */
function asksContainers(picture: Picture, document: CntlmDocument): boolean {
  const bridge = bridgeAddress(picture);
  const listens = document.settings.filter(({ key }) => key === 'listen').map(({ value }) => value);
  if (listens.some((value) => value.startsWith(`${bridge}:`))) return true;
  const isOpen =
    /^(yes|true|on|1)$/i.test(settingOf(document, 'gateway') ?? '') ||
    listens.some((value) => /^(0\.0\.0\.0|\*|\[?::\]?):/.test(value));
  return isOpen && picture.proxies.some(({ host, setting }) => host === bridge && setting.scope.of === 'jobs');
}
