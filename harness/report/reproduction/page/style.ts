/** What the page of a reproduction has besides the style of a run's report. */
export const reproductionStyle = `
.trials{display:grid;grid-template-columns:1fr 1fr;gap:0 16px;align-items:start}.trials>:only-child{grid-column:1/-1}.trials .case{min-width:0}
.trials .id{font-family:inherit;font-size:15px}.findings li{display:flex;gap:8px;align-items:flex-start}.findings li>:last-child{min-width:0;overflow-wrap:anywhere}
main{padding-bottom:48px}main dl{max-width:110ch}main p{max-width:90ch;overflow-wrap:anywhere}main>ul{max-width:100ch;padding-left:20px}main>ul li{margin:3px 0;overflow-wrap:anywhere}
.remedy{border-left:4px solid var(--pass);padding:2px 0 2px 14px;margin:10px 0}.remedy.bug{border-color:var(--fail)}.remedy.maybe{border-color:var(--line)}.remedy p{margin:2px 0}.remedy h3{margin:0 0 4px;overflow-wrap:anywhere}
.code{border:1px solid var(--line);border-radius:6px;background:var(--card);max-width:100%;margin:8px 0;word-break:break-all}.code .line{display:block;min-height:1.3em;padding-left:2ch;text-indent:-2ch}.code b{font-weight:700;text-decoration:underline}
.code .put{color:var(--pass);background:var(--pass-b)}.code .taken{color:var(--fail);background:var(--fail-b)}.code .place{color:var(--soft)}
.ways-table{margin:4px 0 14px;font-size:14px}.ways-table th,.ways-table td{text-align:left;vertical-align:top;padding:3px 18px 3px 0;white-space:nowrap}.ways-table thead th{color:var(--soft);font-weight:400}
.ways-table .works{color:var(--pass)}.ways-table .fails{color:var(--fail);font-weight:600}
@media (max-width:1100px){.trials{grid-template-columns:1fr}}
@media (max-width:900px){main dl{grid-template-columns:1fr}.ways-table th,.ways-table td{white-space:normal;padding-right:10px;overflow-wrap:anywhere}.ways-table tbody th{min-width:96px}.ways-table{font-size:13px}}
`;
