// Makes fold.tsv: every traditional, regional and Japanese form -> one character.
// See README.md.
import TS from 'opencc-js/dict/TSCharacters';
import HK from 'opencc-js/dict/HKVariantsRev';
import TW from 'opencc-js/dict/TWVariantsRev';
import CI from 'opencc-js/dict/CJK_Compatibility_Ideographs';

// Forms that the dictionaries leave apart and that occur in the names of relics.
const own = '鴞鸮|甎砖|塼砖|甆瓷|鼑鼎|羗羌|戸户|郷乡|剣剑|呉吴|説说|値值|甁瓶|缾瓶|罇尊|鑑鉴|鑒鉴|龢和|虵蛇|畵画|呌叫|湼涅|埀垂|峩峨|猨猿|鵞鹅|仏佛|関关|鉄铁|経经|戦战|両两|竜龙|亀龟';

function* pairs(dict) {
  for (const item of dict.split('|')) {
    const [from, to] = item.split(' ');
    if (from && to && [...from].length === 1) {
      const first = [...to.split(' ')[0]];
      if (first.length === 1) yield [from, first[0]];
    }
  }
}

// Regional forms first, then traditional to simplified, which decides. A form
// that is itself standard in simplified text is never folded away by a region.
const ts = new Map(pairs(TS));
const simplified = new Set([...ts.values()].filter((c) => !ts.has(c)));
const map = new Map();
for (const dict of [CI, HK, TW]) {
  for (const [from, to] of pairs(dict)) if (from !== to && !simplified.has(from)) map.set(from, to);
}
for (const [from, to] of ts) if (from !== to) map.set(from, to);
for (const item of own.split('|')) {
  const [from, to] = [...item];
  if (!map.has(from)) map.set(from, to);
}

// Follow chains; a ring ends at its smallest character.
function target(c) {
  const seen = [c];
  for (;;) {
    const next = map.get(c);
    if (next === undefined) return c;
    if (seen.includes(next)) return seen.slice(seen.indexOf(next)).sort()[0];
    seen.push(next);
    c = next;
  }
}
const classes = new Map();
for (const from of map.keys()) {
  const to = target(from);
  if (to !== from) classes.set(to, (classes.get(to) ?? []).concat(from));
}
const byCode = (a, b) => a.codePointAt(0) - b.codePointAt(0);
for (const to of [...classes.keys()].sort(byCode)) {
  process.stdout.write(`${to}\t${classes.get(to).sort(byCode).join('')}\n`);
}
