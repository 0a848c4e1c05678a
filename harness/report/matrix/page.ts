import { outcomeNames } from '../../conformance/outcome.ts';
import { shellHtml } from '../html/shell.ts';
import { marks, meanings } from '../marks.ts';
import { escapeHtml } from '../picture/index.ts';
import { plural } from '../verdict.ts';
import { casesData } from './cases-data.ts';
import { changesHtml } from './changes-list.ts';
import { labelOf } from './column.ts';
import type { Matrix } from './matrix.ts';
import { pageScript } from './page-script.ts';
import { requirementsTable } from './requirements-table.ts';
import type { CaseGroup } from './rows.ts';
import { matrixStyle } from './style.ts';
import { valuesHtml } from './values-table.ts';
import { silentWords, trackWords } from './words.ts';

/**
 * The matrix as one page that needs no network: where behaviours change, requirement × version, measured values over versions. A
 * cell leads to its case in the report of its run.
 * @param version Proxyproof's
 */
export function matrixPage(matrix: Matrix, version: string): string {
  const groups = matrix.rows.flatMap((row) => row.groups);
  const numbers = new Map(groups.map((group, index) => [group, index]));
  const numberOf = (group: CaseGroup): number => numbers.get(group) ?? 0;
  const data = JSON.stringify(casesData(groups)).replaceAll('<', '\\u003c');
  const main = `<main>
<h2 id="changes" tabindex="-1">What changes, and from which version on</h2>
${changesHtml(matrix)}
<section><h2 id="requirements" tabindex="-1">Requirements</h2>
${legendHtml()}
<div class="tools" hidden><button id="only-changes" aria-pressed="false">Only what changes</button><input id="search" type="search" placeholder="Words of a requirement or an id" aria-label="Search requirements"><span id="shown" role="status"></span></div>
${requirementsTable(matrix.rows, matrix.tracks, numberOf)}</section>
<h2 id="values" tabindex="-1">Measured values</h2>
${valuesHtml(matrix.values)}
</main>`;
  return shellHtml({
    title: `Proxyproof: ${headline(matrix)}`,
    skip: ['changes', 'Skip to what changes'],
    body: `${headHtml(matrix, version)}\n${main}`,
    first: `<script type="application/json" id="cases-data">${data}</script>`,
    rest: '',
    moreStyle: matrixStyle,
    script: pageScript,
  });
}

function headline({ tracks, boundaries }: Matrix): string {
  const versions = new Set(tracks.flatMap(({ columns }) => columns.map((each) => `${each.subject} ${each.version}`)));
  const kinds = [...new Set(tracks.map(({ kind }) => kind))];
  const worse = boundaries.filter(({ turn }) => turn === 'worse').length;
  const of = `${plural(versions.size, 'version', 'versions')} of ${new Intl.ListFormat('en-GB').format(kinds)}`;
  if (boundaries.length === 0) return `${of}: nothing changes from one to the next`;
  return `${of}: ${plural(boundaries.length, 'behaviour changes', 'behaviours change')}${worse > 0 ? `, ${worse} for the worse` : ''}`;
}

function headHtml(matrix: Matrix, version: string): string {
  const isBad = matrix.boundaries.some(({ turn }) => turn === 'worse');
  const facts = matrix.tracks.map(
    (each) => `<dt>${escapeHtml(trackWords(each))}</dt><dd>${escapeHtml(each.columns.map(labelOf).join(', '))}</dd>`,
  );
  const silent = silentWords(matrix.tracks);
  return `<header class="${isBad ? 'bad' : 'good'}"><p class="suite">Proxyproof ${escapeHtml(version)} · from version to version</p><h1>${escapeHtml(headline(matrix))}.</h1>
<nav class="ways" aria-label="On this page"><a href="#changes">What changes</a><a href="#requirements">Requirements</a><a href="#values">Measured values</a></nav>
<dl>${facts.join('')}</dl>${silent.map((each) => `<p class="cite">${escapeHtml(each)}</p>`).join('')}</header>`;
}

const legendHtml = (): string =>
  `<p class="legend">A cell leads to its case. A coloured line before a cell: the behaviour changes there.<br>${outcomeNames
    .map((each) => `<span class="cell ${each}" aria-hidden="true">${marks[each]}</span>${escapeHtml(meanings[each])}`)
    .join(' ')}</p>`;
