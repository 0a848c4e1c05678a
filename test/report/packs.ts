import { inflateRawSync } from 'node:zlib';
import type { PageDocument, PageElement } from '../../harness/report/html/browser/dom.ts';
import { packsOf } from '../../harness/report/html/browser/packs.ts';
import type { CaseData } from '../../harness/report/html/data.ts';

/** What a page carries for its script, read as the script reads it: the opened cases by their ids. */
export async function carriedCases(html: string): Promise<ReadonlyMap<string, CaseData & { readonly inside: string }>> {
  const texts = new Map(
    [...html.matchAll(/<script type="text\/plain" id="([^"]+)">(.*?)<\/script>/gs)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
  const elements = [...texts.keys()].map((id) => ({ id }) as PageElement);
  const packs = packsOf({
    getElementById: (id) => ({ textContent: texts.get(id) ?? '' }) as PageElement,
    querySelectorAll: () => elements,
    addEventListener: () => {},
  } as Partial<PageDocument> as PageDocument);
  const cases = [...html.matchAll(/<details class="case" id="([^"]+)"[^>]* data-place="(\d+)"/g)];
  return new Map(
    await Promise.all(
      cases.map(async ([, id = '', place = '']) => {
        const element = { dataset: { place } as Record<string, string> } as PageElement;
        return [id, await packs.caseOf(element)] as const;
      }),
    ),
  );
}

/** A report with what it carries for its script in plain text, for a search. */
function unpackedHtml(html: string): string {
  return html.replace(
    /(<script type="text\/plain" id="[^"]+">)(.*?)(?=<\/script>)/gs,
    (_, tag: string, base64: string) => {
      return `${tag}${inflateRawSync(Buffer.from(base64, 'base64')).toString('utf8')}`;
    },
  );
}

/** A file of a run as a search should see it. */
export const readable = (name: string, text: string): string => (name.endsWith('.html') ? unpackedHtml(text) : text);
