import { palette } from './palette.ts';
import { pictureStyle } from './picture-style.ts';

/** The page's style sheet. */
export const style = `
${palette}*{box-sizing:border-box}
html{scroll-padding-top:calc(var(--bar,48px) + 8px)}
.skip-link{position:absolute;left:-9999px}.skip-link:focus{left:8px;top:8px;z-index:9;background:var(--paper);padding:8px 14px;border-radius:6px}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
header,main{max-width:max(1720px,80vw);margin:0 auto;padding:0 24px}
header{padding-top:26px;padding-bottom:18px}
header .suite{margin:0;color:var(--soft);font-size:13px;letter-spacing:.02em}
h1{font-size:24px;line-height:1.3;margin:6px 0 16px;padding:12px 16px;border-left:6px solid var(--skip);background:var(--card);border-radius:4px;text-wrap:pretty}
header.good h1{border-color:var(--pass)}header.bad h1{border-color:var(--fail)}
h2{font-size:19px;margin:26px 0 8px}h3{font-size:15px;margin:20px 0 6px}h4{font-size:14px;margin:16px 0 4px}
small,.cite{color:var(--soft);font-weight:400;font-size:13px}
code,pre,.id,svg text,.when,.who{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 18px;margin:0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
header dl{font-size:14px}
.ways{display:flex;flex-wrap:wrap;gap:6px 18px;margin:0 0 16px;font-size:14px}
.not-run{margin-top:12px;font-size:14px}.not-run>summary{cursor:pointer}.not-run code{overflow-wrap:anywhere}
.tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center;position:sticky;top:0;z-index:3;background:var(--paper);padding:8px 0}
button,input{font:inherit;font-size:13px;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:6px;padding:4px 10px}
button{cursor:pointer}button:hover{border-color:var(--accent)}
button[aria-pressed=true]{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
input{flex:1;min-width:220px;max-width:420px}
::placeholder{color:var(--soft);opacity:1}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.cell{display:inline-flex;width:20px;height:20px;align-items:center;justify-content:center;border-radius:4px;font:700 12px/1 ui-monospace,"DejaVu Sans Mono",monospace;text-decoration:none;vertical-align:middle;flex:none}
.cell.pass{color:var(--pass);background:var(--pass-b)}.cell.fail{color:var(--fail);background:var(--fail-b)}.cell.warn{color:var(--warn);background:var(--warn-b)}
.cell.info{color:var(--info);background:var(--info-b)}.cell.skip{color:var(--skip);background:var(--skip-b)}.cell.blocked{color:var(--blocked);background:var(--blocked-b)}.cell.error{color:var(--error);background:var(--error-b)}
a.cell:hover{transform:scale(1.25)}
.cell.unexpected{box-shadow:0 0 0 2px var(--fail)}.cell.known{border:1px dashed currentColor}.cell.dim{background:none;color:var(--soft);box-shadow:none;border-color:transparent;font-weight:400}
section.family{content-visibility:auto}
.scroll{overflow-x:auto;padding-bottom:6px}
table{border-collapse:separate;border-spacing:0;font-size:13px}
th,td{padding:2px 3px;font-weight:400;text-align:center}
tbody th{position:sticky;left:0;z-index:1;background:var(--paper);text-align:left;padding-right:14px;min-width:210px;white-space:nowrap;font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:12.5px}
tbody tr:hover>*{background:var(--card)}
thead .labels th{vertical-align:bottom;padding-top:6px;padding-bottom:4px}
thead .labels span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:230px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:var(--soft);font-size:12px}
th.group{text-align:left;font-weight:600;font-size:12px;white-space:nowrap}
td.rest{width:100%}#shown{font-size:13px}
td.apart{text-align:left;padding-left:5px}.chip{display:inline-block;margin:1px 12px 1px 0;white-space:nowrap;font-size:12px;color:var(--soft)}
.edge{border-left:1px solid var(--line);padding-left:5px}
.case{border:1px solid var(--line);border-radius:8px;margin:8px 0;background:var(--paper)}
.case:not([open]){content-visibility:auto;contain-intrinsic-height:auto 38px}
.case>summary{display:flex;gap:9px;align-items:center;padding:7px 12px;cursor:pointer;list-style:none;min-width:0}
.case>summary::-webkit-details-marker{display:none}
.case>summary::before{content:"▸";color:var(--soft);width:10px;flex:none}.case[open]>summary::before{content:"▾"}
.case[open]>summary{border-bottom:1px solid var(--line);background:var(--card);border-radius:8px 8px 0 0}
.case .id{font-weight:600;font-size:13.5px;overflow-wrap:anywhere}
.case .brief{color:var(--soft);font-size:13px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;flex:1;min-width:0}
.case[open] .brief{visibility:hidden}
a{color:var(--accent)}
.word{font-size:12px;padding:0 7px;border-radius:9px;border:1px solid var(--line);color:var(--soft);white-space:nowrap}
.word.fail,.word.error{color:var(--fail);border-color:var(--fail)}.word.warn{color:var(--warn);border-color:var(--warn)}.word.pass{color:var(--pass);border-color:var(--pass)}
.inside{padding:12px 16px 16px}
.expected{font-weight:600}.observed{font-weight:600;color:var(--fail)}
.findings{list-style:none;padding:0;margin:4px 0;font-size:14px}.findings li{padding:2px 0;overflow-wrap:anywhere}
.arrow{color:var(--soft)}
.seq{font:12px ui-monospace,"DejaVu Sans Mono",monospace;padding:0 5px;color:var(--accent)}
.again code{background:var(--card);padding:3px 7px;border-radius:4px;overflow-wrap:anywhere}
.timeline>.cite{margin:2px 0 8px;max-width:90ch}
.picture{overflow-x:auto;border:1px solid var(--line);border-radius:6px;max-height:80vh;overflow-y:auto;background:var(--paper)}
.names{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);width:max-content;min-width:100%}
.names svg,.picture>svg{display:block}
${pictureStyle}.beside{display:flex;gap:10px;align-items:flex-start}.picture{flex:1;min-width:0;scroll-padding:48px 0 24px}
.panel{flex:none;width:min(36%,520px);max-height:80vh;overflow:auto;position:sticky;top:calc(var(--bar,48px) + 8px);border:1px solid var(--accent);border-radius:6px;background:var(--card)}
.panel[hidden]{display:none}
.panel .close{float:right;position:sticky;top:6px;margin:6px;padding:1px 9px}
pre{margin:0;padding:8px 12px;font-size:12px;white-space:pre-wrap;overflow-wrap:anywhere}
.events{margin-top:8px;font-size:13px}.events>summary{cursor:pointer;color:var(--soft)}
.event>summary{cursor:pointer;font:12px ui-monospace,"DejaVu Sans Mono",monospace;padding:1px 0;overflow-wrap:anywhere}
.event pre{background:var(--card);margin:2px 0 6px 20px;border-radius:4px}
.when{display:inline-block;min-width:76px;text-align:right;color:var(--soft)}.who{display:inline-block;min-width:66px;margin-left:8px;color:var(--accent)}
@media (max-width:900px){
header,main{padding:0 12px}header{padding-top:16px}h1{font-size:19px;padding:10px 12px}
header dl{grid-template-columns:1fr}header dt{margin-top:4px}
.inside{padding:10px 10px 14px}.inside dl{grid-template-columns:1fr}.inside dt{margin-top:6px}
.tools{flex-wrap:nowrap;overflow-x:auto;padding:6px 2px}.tools>*{flex:none}input{width:240px}
.case>summary{flex-wrap:wrap;gap:4px 8px}.case .brief{flex-basis:100%;white-space:normal}.case[open] .brief{display:none}
.case .id{flex:1;min-width:0}
.beside{display:block}.panel{width:auto;max-height:45vh;top:auto;bottom:0;margin-top:8px;z-index:4;box-shadow:0 -6px 16px rgb(0 0 0/.25)}
.picture{max-height:70vh}tbody th{min-width:118px;max-width:46vw;white-space:normal;overflow-wrap:break-word;padding-right:8px}}
@media print{.tools,.again{display:none}.picture{max-height:none}}
`;
