/** What the matrix has besides the style of a report. */
export const matrixStyle = `
.changes{list-style:none;padding:0;margin:0}.changes>li{margin:6px 0}
.changes details{border:1px solid var(--line);border-left-width:5px;border-radius:6px;padding:0}
.changes details.better{border-left-color:var(--pass)}.changes details.worse{border-left-color:var(--fail)}.changes details.other{border-left-color:var(--accent)}
.changes summary{cursor:pointer;padding:7px 12px}.changes summary small{margin-left:6px}.changes .inside{padding:2px 14px 12px;font-size:14px}
.changes .inside dl{grid-template-columns:max-content 1fr}.changes code{overflow-wrap:anywhere;font-size:12.5px}
.scroll{position:relative}
#requirements-table th,#requirements-table td{padding:3px 5px}
#requirements-table thead th{vertical-align:bottom;font-size:12.5px}
#requirements-table thead .label{overflow-wrap:break-word;max-width:110px;min-width:52px}#requirements-table thead .short{white-space:nowrap}
#requirements-table tbody th{white-space:normal;min-width:330px;max-width:620px;overflow-wrap:anywhere}
#requirements-table tbody th small{display:block;font-family:system-ui,sans-serif;font-size:12.5px}
#requirements-table .family th{padding-top:16px;font:600 15px system-ui,sans-serif}
tr.group th,tr.case-row th{font-weight:400;font-size:12px}tr.group th{padding-left:26px!important}tr.case-row th{padding-left:48px!important;color:var(--soft)}
td.turn{border-left:3px solid}td.turn.better{border-left-color:var(--pass)}td.turn.worse{border-left-color:var(--fail)}td.turn.other{border-left-color:var(--accent)}
.begins{border-left:1px solid var(--line)}
td .of{display:block;font-size:10.5px;line-height:1.1;color:var(--soft)}
button.more{padding:0 6px;min-width:26px;margin-right:4px;font-size:12px}button.more::before{content:"▸"}button.more[aria-expanded=true]::before{content:"▾"}
.values td,.values th{vertical-align:middle;padding:4px 8px}.values tbody th{white-space:normal;overflow-wrap:anywhere;min-width:260px;max-width:520px}.values td{white-space:nowrap;text-align:right}
.values tbody th small{display:block;font-family:system-ui,sans-serif}
.chart polyline{fill:none;stroke:var(--accent);stroke-width:1.5}.chart circle{fill:var(--accent)}
.legend{font-size:13px;color:var(--soft)}.legend .cell{margin:0 4px 0 12px}
@media (max-width:900px){#requirements-table tbody th{min-width:150px;max-width:46vw}.values tbody th{min-width:150px;max-width:60vw}
#requirements-table tbody th small{font-size:11.5px}tr.group th{padding-left:10px!important}tr.case-row th{padding-left:16px!important}.changes .inside dl{grid-template-columns:1fr}}
@media (max-width:600px){.tools{flex-wrap:wrap}.tools input{flex:1 1 150px;min-width:0;width:auto}.values thead{display:none}.values tr{display:grid;grid-template-columns:max-content 1fr;align-items:center;padding:6px 0;border-bottom:1px solid var(--line)}
.values tbody th{grid-column:1/-1;min-width:0;max-width:none}.values td{text-align:left}}
`;
