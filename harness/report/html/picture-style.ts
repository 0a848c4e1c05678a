/** How a sequence picture looks, in the colours of the palette. */
export const pictureStyle = `svg text{font-size:11px;fill:var(--ink)}
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
`;
