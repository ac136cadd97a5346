// Search in the index that storegen/views/search.py wrote.
import { distance } from "./edit-distance.mjs";
import { parts, stemsOf, wordsOf } from "./terms.mjs";

async function read(address, cache) {
  const answer = await fetch(address, { cache });
  if (!answer.ok) throw new Error(address);
  const data = new Uint8Array(await answer.arrayBuffer());
  if (data[0] !== 31) return data; // the host has already decompressed it
  const open = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(open).arrayBuffer());
}
const decode = (data) => new TextDecoder().decode(data);
const json = async (address) => JSON.parse(decode(await read(address, "no-cache")));

// Decode a shard: for each term the length of the prefix shared with the previous term, the rest of the term, and the
// document numbers by class.
function unpack(data, classes) {
  const entries = [];
  let place = 0;
  let before = [];
  const number = () => {
    let found = 0;
    for (let shift = 0; ; shift += 7) {
      found |= (data[place] & 127) << shift;
      if (data[place++] < 128) return found;
    }
  };
  while (place < data.length) {
    const same = data[place++];
    const end = place + 1 + data[place++];
    before = [...before.slice(0, same), ...data.subarray(place, end)];
    place = end;
    const groups = Array.from({ length: classes }, () => {
      let last = 0;
      return Array.from({ length: number() }, () => (last += number()));
    });
    entries.push({ term: decode(new Uint8Array(before)), groups });
  }
  return entries;
}

const SLOTS = 32; // storegen/search/documents.py
const NAME = 10;
const MARK = 4;
const WEIGHTS = { heads: [9, 7, 3, 4], texts: [1], ends: [0] };

class Index {
  // The content of index.bin.
  shards;
  count;
  forms;
  synonyms;
  redirects;
  products;
  blocks;

  constructor(address) {
    this.address = address;
    this.files = {};
  }

  once(address, get) {
    const found = (this.files[address] ??= get(address));
    found.catch(() => delete this.files[address]); // a failed request can be repeated
    return found;
  }

  // The terms of a family from *from* to *to*, read from at most *most* shards.
  async range(family, from, to = `${from}\uffff`, most = 3) {
    const [firsts, names] = this[family];
    const start = Math.max(0, firsts.filter((first) => first <= from).length - 1);
    const shards = firsts.slice(start, start + most).filter((first) => first <= to);
    const found = await Promise.all(
      shards.map((_, place) => {
        const name = names.slice((start + place) * NAME).slice(0, NAME);
        const get = async (address) => unpack(await read(address), WEIGHTS[family].length);
        return this.once(`${this.shards}${name}.bin`, get);
      }),
    );
    return found.flat().filter(({ term }) => term >= from && term <= to);
  }

  // Other words for a term, and for its other forms.
  alike(term) {
    const forms = (word) => [word, ...stemsOf(word, this.forms)];
    const own = forms(term);
    const groups = (this.synonyms ?? []).filter((group) =>
      group.some((word) => forms(word).some((form) => own.includes(form))),
    );
    return groups.flat().filter((word) => word !== term);
  }

  // Typed words, with those that together have a synonym as one.
  phrases(words) {
    let line = ` ${words.join(" ")} `;
    for (const phrase of (this.synonyms ?? []).flat())
      if (phrase.includes(" ")) line = line.replace(` ${phrase} `, ` ${phrase.replaceAll(" ", "+")} `);
    return line
      .trim()
      .split(" ")
      .filter(Boolean)
      .map((each) => each.replaceAll("+", " "));
  }

  // Documents with a term or a synonym of it: a map from document number to score.
  match(term, families = ["heads", "texts"]) {
    return this.once(`${term} ${families}`, async () => {
      const found = new Map(await this.matching(term, families));
      const best = Math.max(0, ...found.values());
      for (const other of this.alike(term)) {
        const more = await this.matching(other, families);
        // The best documents with a synonym come after the best with the word itself.
        const part = 0.7 * Math.min(1, (best || Infinity) / Math.max(1, ...more.values()));
        for (const [each, score] of more) found.set(each, Math.max(part * score, found.get(each) ?? 0));
      }
      return found;
    });
  }

  // The same without synonyms. The term may be the beginning of a word; of several words, all must match.
  matching(term, families) {
    return this.once(`${term} ${families} only`, async () => {
      if (term.includes(" ")) {
        const sets = await Promise.all(term.split(" ").map((each) => this.matching(each, families)));
        return scored(sets);
      }
      const found = new Map();
      const take = async (family, from, to, fits) => {
        for (const { term: other, groups } of await this.range(family, from, to)) {
          const fit = fits * (other === from ? 1 : (0.6 * from.length) / other.length);
          groups.forEach((numbers, kind) => {
            const score = fit * WEIGHTS[family][kind] * Math.log(1 + this.count / numbers.length);
            for (const each of numbers) found.set(each, Math.max(score, found.get(each) ?? 0));
          });
        }
      };
      await Promise.all(
        families.flatMap((family) => [
          take(family, term, family === "texts" && term.length < 4 ? term : undefined, 1),
          ...stemsOf(term, this.forms).map((stem) => take(family, stem, stem, 0.8)),
        ]),
      );
      return found;
    });
  }

  // Similarly spelt words of titles and heads with their edit distance, the most similar first.
  async near(term) {
    const found = new Map();
    if (term.length < 3 || /\d/.test(term)) return [];
    const [a, b, c] = term;
    const weigh = (other) => {
      if (other.length < 3 || /\d/.test(other)) return;
      let same = 0;
      while (same < term.length && term[same] === other[same]) same += 1;
      const bent = same > 3 && term.length - same < 5 && other.length - same < 3;
      const cost = Math.min(distance(term, other), 0.5 + distance(term, other.slice(0, term.length)), bent ? 1.5 : 9);
      if (cost && cost <= (term.length < 6 ? 1.5 : 2.5)) found.set(other, cost);
    };
    const back = (text) => [...text].reverse().join("");
    const starts = new Set([a + b, b + a, a + c, b + c]);
    await Promise.all([
      ...[...starts].map(async (start) =>
        (await this.range("heads", start, undefined, 2)).forEach((each) => weigh(each.term)),
      ),
      this.range("ends", back(term).slice(0, 2)).then((all) => all.forEach((each) => weigh(back(each.term)))),
    ]);
    return [...found].sort((one, other) => one[1] - other[1]).slice(0, 6);
  }

  // Whether a title or head has a word or one of its stems.
  async known(term) {
    const each = [term, ...stemsOf(term, this.forms)].map((stem) => this.range("heads", stem, stem));
    return (await Promise.all(each)).some(({ length }) => length);
  }

  // A word as two words that are known: "villahuopa" as "villa huopa".
  async apart(term) {
    const least = this.forms.least ?? 3;
    const places = Array.from({ length: Math.max(0, term.length - 2 * least + 1) }, (_, place) => place + least);
    const both = places.map((place) => [term.slice(0, place), term.slice(place)]);
    const firsts = await Promise.all(both.map(([first]) => this.known(first)));
    const good = both.filter((_, place) => firsts[place]);
    const lasts = await Promise.all(good.map(([, last]) => this.known(last)));
    return good.filter((_, place) => lasts[place]).map((each) => [each.join(" "), 0.4]);
  }

  // Words with two of them written as one known word: "tea pot" as "teapot".
  async together(typed) {
    const joined = typed.slice(1).map((term, place) => typed[place] + term);
    const known = await Promise.all(joined.map((term) => this.known(term)));
    return joined.flatMap((term, place) =>
      known[place] ? [[...typed.slice(0, place), term, ...typed.slice(place + 2)]] : [],
    );
  }

  ready() {
    return this.once(`${this.address}index.bin`, async (address) => Object.assign(this, await json(address)));
  }

  // The page that the shop wants a query to lead to.
  async redirect(text) {
    await this.ready();
    return this.redirects?.[wordsOf(text).join(" ")];
  }

  // The result of a search: document numbers, the best first; the words as typed, those used, and those that were
  // dropped because no document has them with the others. If only texts have all words, the products that have most of
  // them come too, and *partly* is true: then it is they that lack the dropped words.
  async find(text) {
    await this.ready();
    const every = wordsOf(text).slice(0, 8);
    const telling = every.filter((term) => !this.forms.stop?.includes(term));
    const typed = this.phrases(telling.length ? telling : every);
    const sets = await Promise.all(typed.map((term) => this.match(term)));
    const hits = all(sets);
    if (this.sells(hits) || !typed.length) return { hits, typed, words: typed, dropped: [] };
    for (const words of await this.together(typed)) {
      const joined = all(await Promise.all(words.map((term) => this.match(term))));
      if (this.sells(joined)) return { hits: joined, typed: words, words, dropped: [] };
    }
    const split = await Promise.all(typed.map((term) => this.apart(term)));
    const choices = sets.map((set, place) => [...(set.size ? [[typed[place], 0]] : []), ...split[place]]);
    const parted = await this.among(choices, typed, sets, (found) => this.sells(found));
    if (parted) return { ...parted, typed: parted.words, dropped: [] };
    if (hits.length) return this.also(typed, sets, { hits, words: typed });
    for (const there of [false, true]) {
      // First correct only the words that no document has, then all words.
      const mended = typed.map((term, place) => (sets[place].size > 0 === there ? this.near(term) : []));
      (await Promise.all(mended)).forEach((near, place) => choices[place].push(...near));
      const sold = await this.among(choices, typed, sets, (found) => this.sells(found));
      const found = sold ?? (await this.among(choices, typed, sets, ({ length }) => length > 0));
      if (found) return this.also(typed, sets, found);
    }
    return this.rest(
      typed,
      await Promise.all(choices.map(async ([best], place) => best?.[0] ?? (await this.tail(typed[place])))),
    );
  }

  // What was found, with the products that have most of the words if only texts have all.
  async also(typed, sets, { hits, words }) {
    if (this.sells(hits)) return { hits, typed, words, dropped: [] };
    const known = words.map((term, place) => (sets[place].size ? typed[place] : term));
    const near = await this.rest(typed, known, (each) => this.isProduct(each));
    const partly = near.hits.length > 0;
    return { hits: [...near.hits, ...hits], typed, words, dropped: partly ? near.dropped : [], partly };
  }

  // The longest end of an unknown word that is a known one, in languages with compounds: "kahvimuki" as "muki".
  async tail(term) {
    const most = this.forms.compounds ? term.length - 3 : 0;
    const ends = Array.from({ length: Math.max(0, most - 1) }, (_, place) => term.slice(place + 1));
    const known = await Promise.all(ends.map((end) => this.known(end)));
    return ends.find((_, place) => known[place]) ?? "";
  }

  // The documents of a kind with most of the words. What the best of them lacks is dropped.
  async rest(typed, words, fits = (_) => true) {
    const sets = await Promise.all(words.map((term) => (term ? this.match(term) : new Map())));
    const best = any(sets).find(fits);
    const kept = (_, place) => sets[place].has(best);
    const hits = best === undefined ? [] : all(sets.filter(kept)).filter(fits);
    return {
      hits,
      typed: typed.filter(kept),
      words: words.filter(kept),
      dropped: typed.filter((...each) => !kept(...each)),
    };
  }

  // The cheapest combination with one word for each typed word, whose documents are good, with these documents.
  // Corrections are of words in titles and heads.
  async among(choices, typed, sets, good) {
    let ways = [{ cost: 0, words: [] }];
    for (const near of choices) {
      ways = ways.flatMap(({ cost, words }) =>
        near.map(([term, more]) => ({ cost: cost + more, words: [...words, term] })),
      );
      ways = ways.sort((one, other) => one.cost - other.cost).slice(0, 60);
    }
    const some = (term, place) =>
      term === typed[place] ? sets[place] : this.match(term, term.includes(" ") ? undefined : ["heads"]);
    for (const { words } of ways) {
      if (!good(all(await Promise.all(words.map(some))))) continue;
      return { words, hits: all(await Promise.all(words.map((term) => this.match(term)))) };
    }
    return undefined;
  }

  sells(hits) {
    return hits.some((each) => this.isProduct(each));
  }

  isProduct(each) {
    return each < this.products * SLOTS;
  }

  // The visible data of documents; what is sold out comes last.
  async show(numbers) {
    const found = await Promise.all(
      numbers.map(async (each) => {
        const block = Math.floor(each / SLOTS);
        const mark = this.blocks.slice(block * MARK).slice(0, MARK);
        const shown = await this.once(`${this.address}${block}-${mark}.bin`, json).catch(() => []);
        return shown[each % SLOTS];
      }),
    );
    return found.filter(Boolean).sort((one, other) => Number(one.stock === "out") - Number(other.stock === "out"));
  }
}

const ranked = (scores) =>
  [...scores].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([each]) => each);

// The documents in all sets, with the sum of their scores.
function scored([first = new Map(), ...others]) {
  const sums = new Map();
  for (const [each, score] of first) {
    if (others.every((set) => set.has(each)))
      sums.set(
        each,
        others.reduce((sum, set) => sum + set.get(each), score),
      );
  }
  return sums;
}
const all = (sets) => ranked(scored(sets));

// The number of matching words counts more than the scores.
function any(sets) {
  const sums = new Map();
  for (const set of sets) for (const [each, score] of set) sums.set(each, (sums.get(each) ?? 0) + 1000 + score);
  return ranked(sums);
}

Object.assign(window.storegen, { Index, parts, wordsOf });
