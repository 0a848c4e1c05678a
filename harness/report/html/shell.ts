import { escapeHtml } from '../picture/index.ts';
import { documentHead } from './document-head.ts';
import { pageScript as reportScript } from './page-script.ts';
import { style } from './style.ts';

/** What stands in a page around which the rest is the same for all. */
export interface ShellOptions {
  readonly title: string;
  /** Where the first link leads, by an element's id, and what it says. */
  readonly skip: readonly [id: string, words: string];
  /** HTML that can be read without the script. */
  readonly body: string;
  /** Packed for the script, as elements: what is needed at once. */
  readonly first: string;
  /** The same for what may come after the script. */
  readonly rest: string;
  /** Style besides the usual. */
  readonly moreStyle?: string;
  /** In place of the script that draws what is packed. */
  readonly script?: string;
}

/** A page that needs no network: one file, of which only its own script runs. */
export function shellHtml({
  title,
  skip: [id, words],
  body,
  first,
  rest,
  moreStyle = '',
  script = reportScript,
}: ShellOptions): string {
  return `${documentHead({ title, style: style + moreStyle, script })}
<body>
<a class="skip-link" href="#${id}">${escapeHtml(words)}</a>
${body}
${first}
<script>${script}</script>
${rest}
</body>
</html>
`;
}
