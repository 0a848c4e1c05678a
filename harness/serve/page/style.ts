import { palette } from '../../report/html/palette.ts';
import { pictureStyle } from '../../report/html/picture-style.ts';

const MONO = 'ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace';

/** What every part of the page has in common. */
const base = `
*{box-sizing:border-box}
html,body{margin:0;height:100%}
body{background:var(--paper);color:var(--ink);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;display:flex;flex-direction:column}
[hidden]{display:none!important}
h1{font-size:15px;margin:0;white-space:nowrap}h2{font-size:14px;margin:0}h3{font-size:13px;margin:10px 0 4px}h4{font-size:12.5px;margin:0}
small,.hint{color:var(--soft);font-weight:400;font-size:12.5px}
p{margin:0}ul{margin:0;padding:0;list-style:none}
code,pre,textarea,svg text{font-family:${MONO}}
code{font-size:12.5px;overflow-wrap:anywhere}
pre{margin:0;font-size:12px;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:var(--accent)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip-link{position:absolute;left:-9999px}.skip-link:focus{left:8px;top:8px;z-index:9;background:var(--paper);padding:8px 14px;border-radius:6px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}.picture:focus-visible,.panel:focus-visible,pre:focus-visible{outline-offset:-2px}
button,input,select,textarea{font:inherit;font-size:13px;color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:4px 9px;min-height:28px}
textarea{font-family:${MONO};font-size:12.5px;resize:vertical}
button{cursor:pointer;background:var(--card);white-space:nowrap}button:hover:not(:disabled){border-color:var(--accent)}
button:disabled,button[aria-disabled=true]{opacity:.55;cursor:default}
button[aria-pressed=true],button.main{border-color:var(--accent);color:var(--accent);font-weight:600}
::placeholder{color:var(--soft);opacity:1}
`;

const top = `
header{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:center;padding:8px 16px;border-bottom:1px solid var(--line);background:var(--card)}
.facts{display:flex;flex-wrap:wrap;gap:2px 16px;margin-left:auto;color:var(--soft);font-size:12.5px;font-variant-numeric:tabular-nums}.facts span:empty{display:none}
.link{font-size:12px;font-weight:600;padding:1px 10px;border-radius:10px;background:var(--skip-b);color:var(--skip)}
.link.live{background:var(--pass-b);color:var(--pass)}.link.lost,.link.refused{background:var(--fail-b);color:var(--fail)}
nav{display:none}
.banner{background:var(--fail-b);color:var(--fail);padding:7px 16px;font-weight:600}.banner button{margin-left:8px}
#findings{border-bottom:1px solid var(--line)}
#findings summary{padding:4px 16px;cursor:pointer}#findings summary h2{display:inline}
#finding-list{max-height:22dvh;overflow:auto;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:6px;padding:2px 16px 8px}
#finding-list li{background:var(--warn-b);border-left:4px solid var(--warn);border-radius:4px;padding:6px 10px;overflow-wrap:anywhere;display:grid;grid-template-columns:minmax(0,1fr) max-content;gap:0 10px;align-content:start}
#finding-list p{grid-column:1}#finding-list button{grid-area:1/2/span 2/auto;align-self:start}#finding-list small{color:var(--ink)}
.count{font-size:12px;color:var(--soft);font-variant-numeric:tabular-nums;white-space:nowrap}.count.hot{color:var(--warn);font-weight:600}
.line{display:flex;flex-wrap:wrap;gap:4px 8px;align-items:center}.line button{margin-left:auto}
`;

const record = `
main{flex:1;min-height:0;display:grid;grid-template-columns:minmax(0,1fr) minmax(340px,400px)}
#record{display:flex;flex-direction:column;min-width:0;min-height:0}
.tools{display:flex;flex-wrap:wrap;gap:6px;align-items:center;padding:8px 12px 8px 16px;border-bottom:1px solid var(--line)}
.tools input{flex:1;min-width:150px;max-width:320px}.tools select{max-width:190px}
#shown{color:var(--soft);font-size:12.5px;font-variant-numeric:tabular-nums}#follow{margin-left:auto}
#follow[aria-pressed=true]::before{content:"● "}#follow[aria-pressed=false]::before{content:"❚❚ "}
.beside{flex:1;min-height:0;display:flex}
.picture{flex:1;min-width:0;overflow:auto;position:relative;scroll-padding:40px 0 24px;overflow-anchor:none}
.names{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);width:max-content;min-width:100%}.names:empty{border:0}
.picture svg{display:block}.edge{text-align:center}.edge button{margin:8px}
#nothing,#quiet{padding:12dvh 24px;text-align:center;color:var(--soft)}
${pictureStyle}.time{font-size:10px}
.panel{flex:none;width:min(42%,560px);overflow:auto;border-left:1px solid var(--line);background:var(--card)}
.panel .bar{position:sticky;top:0;display:flex;gap:6px;align-items:center;padding:6px 10px 6px 14px;background:var(--card);border-bottom:1px solid var(--line);z-index:1}.panel .bar h3{margin:0 auto 0 0}
.panel dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:10px 14px;font-size:13px}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.part{margin:0 14px 12px;border:1px solid var(--line);border-radius:6px;background:var(--paper)}.part h4{padding:5px 10px;border-bottom:1px solid var(--line)}.part pre{padding:7px 10px}
.part.chosen{border-color:var(--accent)}
`;

const cards = `
#controls{border-left:1px solid var(--line);overflow:auto;min-height:0}
.card{border-bottom:1px solid var(--line)}
.card>summary{display:flex;gap:10px;align-items:baseline;padding:8px 14px;cursor:pointer;list-style:none;position:sticky;top:0;z-index:1;background:var(--card)}
.card>summary::-webkit-details-marker{display:none}
.card>summary::before{content:"▸";color:var(--soft);width:8px}.card[open]>summary::before{content:"▾"}
.brief{margin-left:auto;color:var(--soft);font-size:12.5px;text-align:right;font-variant-numeric:tabular-nums}
.card>.inside{padding:10px 14px 14px;display:flex;flex-direction:column;gap:10px}
.fields{display:flex;flex-direction:column;gap:6px}#fault-fields{display:contents}
.field{display:grid;grid-template-columns:132px minmax(0,1fr);gap:2px 8px;align-items:center}.field.wide{grid-template-columns:1fr}
.field label{overflow-wrap:anywhere;font-size:13px}.wrong{grid-column:2;color:var(--fail);font-size:12.5px}.wrong:empty{display:none}
[aria-invalid=true]{border-color:var(--fail)}
.buttons{display:flex;flex-wrap:wrap;gap:6px}.hint{overflow-wrap:anywhere}
.said{font-size:13px;color:var(--pass);overflow-wrap:anywhere}.said.bad{color:var(--fail)}.said:empty{display:none}
.items{display:flex;flex-direction:column;gap:8px}.items:empty{display:none}
.items li{border:1px solid var(--line);border-radius:6px;padding:7px 10px;display:flex;flex-direction:column;gap:4px;min-width:0;overflow-wrap:anywhere}
.how{color:var(--soft)}.items pre{max-height:220px;overflow:auto;background:var(--card);border-radius:4px;padding:7px 9px;margin:4px 0}
.state,.word{font-size:12px;padding:0 8px;border-radius:9px;background:var(--skip-b);color:var(--skip);white-space:nowrap}.state{margin-left:auto}
.state.on,.word.success{background:var(--pass-b);color:var(--pass)}.state.off,.word.failed{background:var(--fail-b);color:var(--fail)}.word.running{background:var(--info-b);color:var(--info)}
.more>summary,.items summary{cursor:pointer;color:var(--soft);font-size:13px}.more form,.more .fields{margin-top:8px}
#left-out{padding-left:16px;list-style:disc;font-size:13px}
#drop{position:fixed;inset:0;z-index:10;display:grid;place-items:center;background:color-mix(in srgb,var(--paper) 82%,transparent);border:3px dashed var(--accent);font-size:18px;font-weight:600}
`;

const narrow = `
@media (max-width:1000px){
html,body{height:auto}
header{padding:8px 12px}.facts{margin-left:0;flex-basis:100%}
nav{display:flex;gap:14px;overflow-x:auto;padding:7px 12px;border-bottom:1px solid var(--line);font-size:13px;white-space:nowrap;position:sticky;top:0;z-index:5;background:var(--paper)}
html{scroll-padding-top:40px}
main{display:block}.tools{padding:8px 12px}.tools input{flex-basis:100%;max-width:none}.tools select{flex:1;min-width:100px;max-width:none}
.beside{display:block;position:relative}.picture{height:62dvh;border-bottom:1px solid var(--line)}
.panel{position:fixed;left:0;right:0;bottom:0;width:auto;max-height:55dvh;z-index:6;border-left:0;border-top:2px solid var(--accent);box-shadow:0 -6px 16px rgb(0 0 0/.25)}
#controls{border-left:0}.card>summary{padding:11px 12px;position:static}.card>.inside{padding:10px 12px 14px}
#finding-list,#findings summary{padding-left:12px;padding-right:12px}button,input,select{min-height:34px}}
`;

/** The style sheet of the lab's page. Nothing in it moves by itself. */
export const labStyle: string = `${palette}${base}${top}${record}${cards}${narrow}`;
