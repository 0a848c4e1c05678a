import { style } from '../../html/style.ts';

/** The style of a history's pages: that of a run's report, and what it has not. */
export const siteStyle = `${style}
main{padding-bottom:48px}main p,main li{overflow-wrap:anywhere}header h1{border-left-color:var(--accent)}
header{padding-bottom:4px}main>h2:first-child,main>section:first-child>h2{margin-top:12px}nav.site{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:14px;margin:0 0 10px}nav.site [aria-current]{font-weight:600;color:var(--ink);text-decoration:none}
form.search{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:8px 0}form.search label{font-weight:600}form.search input{max-width:760px;font-size:15px;padding:6px 10px}
.wrong-query{color:var(--fail);font-weight:600;margin:6px 0}#found{margin:6px 0}
details.help{font-size:14px;margin:4px 0 12px}details.help>summary{cursor:pointer;color:var(--accent)}details.help table{margin:6px 0}details.help :is(td,th){text-align:left;padding:2px 14px 2px 0;vertical-align:top;white-space:normal}
details.help tbody th{position:static;min-width:0;padding-right:14px}
table.history tbody th{width:260px;min-width:260px}table.history tbody th a{color:inherit;text-decoration:none}table.history tbody th a:hover{text-decoration:underline}
table.history thead .labels th{height:90px;min-width:26px}table.history thead .labels a{text-decoration:none}table.history thead .labels span{max-height:86px}
.cell.changed{position:relative}.cell.changed::after{content:"";position:absolute;right:0;top:0;border:4px solid;border-color:currentColor currentColor transparent transparent;border-top-right-radius:4px}
.results{list-style:none;padding:0;font-size:14px}.results li{padding:3px 0}
section.standing{border:1px solid var(--line);border-radius:8px;margin:8px 0;padding:8px 14px}section.standing:target{border-color:var(--accent);box-shadow:0 0 0 2px var(--accent)}
section.standing h2{margin:0;font-size:17px}section.standing h2+p{margin:2px 0}section.standing h3{margin:0 0 4px;font-size:15px}section.standing h3 .cell{margin-right:6px}
.group-of-cases{border-left:3px solid var(--line);padding:0 0 0 12px;margin:10px 0}.group-of-cases p{margin:3px 0}.group-of-cases.fail,.group-of-cases.error{border-color:var(--fail)}.group-of-cases.warn{border-color:var(--warn)}
.axes code{display:inline-block;background:var(--card);padding:0 5px;border-radius:4px;margin:1px 4px 1px 0;font-size:12.5px;overflow-wrap:anywhere}
details.more>summary{cursor:pointer;color:var(--soft);font-size:13px}.evidence-lines{overflow-x:auto;background:var(--card);border-radius:6px;margin:4px 0}.evidence-lines pre{white-space:pre;overflow-wrap:normal;width:max-content}
table.list{margin:6px 0 14px;font-size:14px}table.list :is(th,td){text-align:left;padding:4px 18px 4px 0;vertical-align:top;white-space:normal}table.list thead th{color:var(--soft)}table.list tbody th{position:static;min-width:0;font:inherit}table.list tbody tr+tr>*{border-top:1px solid var(--line)}
.spark{display:block;overflow:visible}.spark path{fill:none;stroke:var(--accent);stroke-width:1.6;vector-effect:non-scaling-stroke}.spark line{stroke:var(--line);stroke-width:1}.spark circle{fill:var(--accent)}.spark.fail path,.spark.error path{stroke:var(--fail)}.spark.fail circle,.spark.error circle{fill:var(--fail)}.spark.warn path{stroke:var(--warn)}.spark.warn circle{fill:var(--warn)}.spark.pass path{stroke:var(--pass)}.spark.pass circle{fill:var(--pass)}
td.number{font-variant-numeric:tabular-nums;white-space:nowrap!important}
@media (max-width:900px){form.search input{width:100%;max-width:none;min-width:0}table.history tbody th{width:130px;min-width:118px}table.list :is(th,td){padding-right:10px}header dl dd{margin-bottom:2px}}
`;
