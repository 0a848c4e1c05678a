/** The page's style sheet. Colours are variables, given once for light and once for dark. */
export const style = `
:root{color-scheme:light dark;
--paper:#fff;--card:#f6f7f9;--line:#d5dae1;--ink:#1b2330;--soft:#596579;--accent:#1257b0;
--pass:#166f41;--pass-b:#dcf3e6;--fail:#b3261e;--fail-b:#fbdedb;--warn:#8a5a00;--warn-b:#fdeec6;--info:#1257b0;--info-b:#dce9fb;
--skip:#5d6675;--skip-b:#e9ebef;--blocked:#6f3fa0;--blocked-b:#eee2f8;--error:#fff;--error-b:#7a1712;
--wait:#e9a23b;--wait-b:#fbe7c4;--held:#7aa7d9;--tunnel:#8fb7a5;--evidence:#fff3c4}
@media (prefers-color-scheme:dark){:root{
--paper:#12161d;--card:#1a2029;--line:#343d4b;--ink:#e6eaf0;--soft:#9aa6b8;--accent:#84b6f8;
--pass:#6fd8a0;--pass-b:#14382a;--fail:#ff9a91;--fail-b:#4a1c1a;--warn:#f3c567;--warn-b:#40310f;--info:#8fbcf9;--info-b:#17304f;
--skip:#a7b0be;--skip-b:#2a313c;--blocked:#cfa6f3;--blocked-b:#36224b;--error:#2b0806;--error-b:#ff9a91;
--wait:#c98a2c;--wait-b:#4b3a1b;--held:#4d7cb3;--tunnel:#3f7a61;--evidence:#3b3313}}
*{box-sizing:border-box}
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
.findings{list-style:none;padding:0;margin:4px 0;font-size:14px}.findings li{padding:2px 0}
.arrow{color:var(--soft)}
.seq{font:12px ui-monospace,"DejaVu Sans Mono",monospace;padding:0 5px;color:var(--accent)}
.again code{background:var(--card);padding:3px 7px;border-radius:4px;overflow-wrap:anywhere}
.timeline>.cite{margin:2px 0 8px;max-width:90ch}
.picture{overflow-x:auto;border:1px solid var(--line);border-radius:6px;max-height:80vh;overflow-y:auto;background:var(--paper)}
.names{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);width:max-content;min-width:100%}
.names svg,.picture>svg{display:block}
svg text{font-size:11px;fill:var(--ink)}
.name rect{fill:var(--card);stroke:var(--line)}.name text{font-weight:600;font-size:12px}
.name.tripwire rect{stroke:var(--fail)}.name.tripwire text{fill:var(--fail)}
.lifeline{stroke:var(--line);stroke-width:2}.lifeline.tripwire{stroke:var(--fail);stroke-dasharray:3 4}
.tick line{stroke:var(--soft)}.tick text{fill:var(--soft);font-size:10px}.time{fill:var(--soft);font-size:10.5px}
.touch{fill:transparent}
.row.arrow{cursor:pointer}.row.arrow line{stroke:currentColor;stroke-width:1.6}.row.arrow line.answer{stroke-dasharray:6 3}.row.arrow path{fill:currentColor}.row.arrow text:not(.time){fill:currentColor}
.row{color:var(--ink)}.row.good{color:var(--pass)}.row.limit{color:var(--warn)}.row.bad{color:var(--fail)}.row.quiet{color:var(--soft)}
.row.arrow.bad line{stroke-width:2.4}.row.arrow.limit text:not(.time),.row.arrow.bad text:not(.time){font-weight:600}
.row.note{cursor:pointer}.row.note circle{fill:currentColor}.row.note text:not(.time){fill:currentColor;font-size:10.5px}
.row text{paint-order:stroke;stroke:var(--paper);stroke-width:3px}.row:focus{outline:none}.row:focus-visible .touch{stroke:var(--accent);stroke-width:2;fill:var(--accent);fill-opacity:.12}
line.step{stroke:var(--line);stroke-dasharray:2 4}text.step{font-style:italic}
.row.chosen .touch,.row:hover .touch{fill:var(--accent);fill-opacity:.12}
.evidence rect{fill:var(--evidence)}.evidence text{fill:var(--fail);font-size:10px}
.wait rect{fill:var(--wait)}.wait text{font-weight:600;fill:var(--warn)}.wait .stem{stroke:var(--wait);stroke-dasharray:2 2}
.wait.nobody rect{fill:var(--line)}.wait.nobody text{fill:var(--soft);font-weight:400}.wait.nobody .stem{stroke:var(--line)}
.wait.answer rect{fill:var(--held)}.wait.answer text{fill:var(--accent)}.wait.answer .stem{stroke:var(--held)}
.break{stroke:var(--paper);stroke-width:3;fill:none}
.tunnel rect{fill:var(--tunnel);fill-opacity:.85}.fault rect{fill:var(--fail);fill-opacity:.45}
.mark line{stroke:var(--accent);stroke-width:1.4;stroke-dasharray:8 4}.mark text{fill:var(--accent);font-weight:600;font-size:10.5px}
.beside{display:flex;gap:10px;align-items:flex-start}.picture{flex:1;min-width:0;scroll-padding:48px 0 24px}
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
