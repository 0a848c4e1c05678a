/** What the page of a comparison has besides the style of a run's report. */
export const compareStyle = `
main{padding-bottom:48px}.change{border-left:4px solid var(--line);padding:2px 0 2px 14px;margin:18px 0}
.change.worse{border-color:var(--fail)}.change.better{border-color:var(--pass)}.change.measured,.change.page{border-color:var(--info)}
.change h3{margin:0 0 4px;display:flex;gap:9px;align-items:center;flex-wrap:wrap}.change h3 .id{overflow-wrap:anywhere;min-width:0}
.change dl{font-size:14px;max-width:130ch}.change p{margin:4px 0;font-size:14px;overflow-wrap:anywhere}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 12px;align-items:start;margin:2px 0 6px}.pair .case{min-width:0;margin:3px 0}.pair .brief{white-space:nowrap}
.pair>.of{grid-column:1/-1;font-size:13px;margin:6px 0 0;overflow-wrap:anywhere}.more-cases>summary{cursor:pointer;font-size:13px;color:var(--soft);padding:4px 0}
.cautions{padding:10px 16px;border-left:6px solid var(--warn);background:var(--warn-b);border-radius:4px;font-size:14px;max-width:120ch}.cautions p{margin:2px 0}
.only{font-size:14px;max-width:120ch;overflow-wrap:anywhere}.only summary{cursor:pointer}
@media (max-width:1100px){.pair{grid-template-columns:1fr}}
@media (max-width:900px){.change dl{grid-template-columns:1fr}.change dt{margin-top:4px}}
`;
