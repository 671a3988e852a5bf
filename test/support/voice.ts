import ts from 'typescript';

/** A word that the project does not use, with the word that it uses instead (CONTRIBUTING.md, "Style"). */
export interface Word {
  readonly not: string;
  readonly but: string;
  /** how the word looks in a sentence */
  readonly inProse?: RegExp;
  /** how the word looks among the lower-case words of an identifier, such as `is told` for `isTold` */
  readonly inNames?: RegExp;
  /** sentences and names that have the word */
  readonly examples: readonly string[];
  /** sentences and names that come close and are allowed */
  readonly allowed?: readonly string[];
}

export const WORDS: readonly Word[] = [
  {
    not: 'told',
    but: 'reported',
    inProse: /\btold\b|\btells?\b(?!(?: \S+){0,4} apart)/i,
    inNames: /\b(?:told|tells?)\b/,
    examples: ['what the statement told', 'tells the reader', 'isTold', 'TOLD'],
    allowed: ['tells stubs apart'],
  },
  {
    not: 'judge',
    but: 'check',
    inProse: /\bjudg(?:e[sd]?|ing|e?ments?)\b/i,
    inNames: /\bjudg(?:e[sd]?|ing|e?ments?)\b/,
    examples: ['Judge again', 'customers that were judged', 'a judgement', 'judgeBatch', 'NOT_JUDGED'],
  },
  {
    not: 'patience',
    but: 'timeout',
    inProse: /\bpatience\b/i,
    inNames: /\bpatience\b/,
    examples: ['its patience ends', 'LOCK_PATIENCE_MS'],
  },
  {
    not: 'stamp',
    but: 'parameter',
    inProse: /(?<!time[ -])\bstamps?\b/i,
    inNames: /\bstamps?\b/,
    examples: ['the stamps of the statement', 'firstStamp'],
    allowed: ['a time stamp', 'timestamp'],
  },
  {
    not: 'what is left, remains',
    but: 'residue',
    inProse: /\bwhat (?:is|was|were) left\b|\b(?:the|no|any) remains\b/i,
    inNames: /\bremains\b/,
    examples: ['reports what is left of a name', 'no remains of the name', 'remainsOf'],
    allowed: ['the record remains readable', 'remaining', 'leaves'],
  },
  {
    not: 'look',
    but: 'check',
    inProse: /\b(?:takes?|took|has|had) a look\b|\blook(?:s|ed|ing)? at\b/i,
    inNames: /\blook(?:s|ed)?\b/,
    examples: ['takes a look', 'looks at the ledger', 'lookAt', 'LOOK_MS'],
    allowed: ['looks up a key', 'lookup'],
  },
  {
    not: 'place',
    but: 'position (order), row address (ctid), sequence (log)',
    inProse: /\bplaces? in the (?:log|order|tree|ledger|queue|list|row|batch)\b/i,
    inNames: /(?<!decimal )\bplace[ds]?\b/,
    examples: ['their place in the log', 'placeOf', 'PlacedEntry'],
    allowed: ['takes place in one transaction', 'replace', 'placeholder', 'MAX_DECIMAL_PLACES'],
  },
  {
    not: 'goes, stays',
    but: 'is erased, is kept',
    inNames: /\b(?:goes|stays)\b/,
    examples: ['GoesWithRow', 'STAYS'],
  },
  {
    not: 'set of customers',
    but: 'batch',
    inProse: /\bsets? of (?:\w+ )?customers\b|\bcustomers of (?:a|the) set\b|\bsets at a time\b/i,
    examples: ['a set of customers', 'works on runs, 2 sets at a time'],
    allowed: ['a set of names', 'sets the column to NULL'],
  },
  {
    not: 'act',
    but: 'run (of many), anonymization (of one)',
    inProse: /\b(?:the|an|this|that|each|every|one|no|single|repeated) acts?\b(?! as)/i,
    inNames: /\bacts\b/,
    examples: ['the act commits', 'an act of one customer', 'RepeatedActs'],
    allowed: ['the caller can act on it', 'somebody must act', 'facts'],
  },
  {
    not: 'subject',
    but: 'candidates',
    inProse: /\b(?:WITH|FROM|JOIN) subject\b|`subject`|\bsubject\(customer_id\b/,
    examples: ['FROM subject s', 'the relation `subject`'],
    allowed: ['a data subject', 'subject to the rules'],
  },
  { not: 'anew', but: 'again', inProse: /\banew\b/i, inNames: /\banew\b/, examples: ['begins anew', 'readAnew'] },
  {
    not: 'whoever',
    but: 'the person or part that does it',
    inProse: /\bwho(?:ever|mever|soever)\b/i,
    inNames: /\bwhoever\b/,
    examples: ['Whoever fits when it is saved is on the selection.'],
  },
  {
    not: 'what is …ed is',
    but: 'subject, verb, object',
    inProse:
      /\bwhat (?:is|was|are|were|has been|had been) [\w-]+(?: [\w-]+)? (?:is|was|are|were|stays|goes|comes|has)\b/i,
    examples: ["What is claimed is a set's.", 'what was written before stays'],
    allowed: ['reports what was printed', 'says what is missing'],
  },
  {
    not: 'the turn of … comes',
    but: 'is processed',
    inProse: /\bturns?\b(?:(?![.;:]).)*\b(?:come|comes|came)\b/i,
    examples: ['The turn of {{count}} customer did not come.', 'until its turn comes'],
    allowed: ['turns the table into SQL'],
  },
  {
    not: 'go on with',
    but: 'continue, resume',
    inProse: /\bg(?:o|oes|oing|one) on\b/i,
    examples: ['An earlier attempt is gone on with.', 'the run goes on'],
  },
  { not: 'at a stretch', but: 'at a time', inProse: /\bat a stretch\b/i, examples: ['a thousand at a stretch'] },
  {
    not: 'that is none',
    but: 'unknown, missing',
    inProse: /\b(?:that|which|who|what) (?:is|are) none\b|\bno such one\b/i,
    examples: ['code for an id that is none', 'There is no such one.'],
  },
  {
    not: 'speaks for',
    but: 'proves, means',
    inProse: /\bspeaks? for\b/i,
    examples: ['what it does not say speaks for nobody'],
  },
];

/** A piece of text in a file. */
export interface Passage {
  readonly line: number;
  readonly text: string;
  readonly kind: 'COMMENT' | 'TEXT' | 'NAME';
}

/** The names, the texts and the comments of a source. */
export function passagesOf(path: string, source: string): Passage[] {
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.ES2023, true);
  const passages: Passage[] = [];
  const add = (kind: Passage['kind'], position: number, text: string) =>
    passages.push({ line: tree.getLineAndCharacterOfPosition(position).line + 1, text, kind });
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) add('NAME', node.getStart(), node.text);
    if (isText(node)) add('TEXT', node.getStart(), node.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  for (const { pos, end } of commentsIn(tree)) add('COMMENT', pos, withoutMarks(source.slice(pos, end)));
  return passages;
}

/** The comments of a source, each once: those before a token and those behind it on its line. */
export function commentsIn(tree: ts.SourceFile): ts.CommentRange[] {
  const comments = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    const isToken = node.getChildCount(tree) === 0;
    const ranges = isToken
      ? [
          ...(ts.getLeadingCommentRanges(tree.text, node.getFullStart()) ?? []),
          ...(ts.getTrailingCommentRanges(tree.text, node.getEnd()) ?? []),
        ]
      : [];
    for (const range of ranges) comments.set(range.pos, range);
    node.getChildren(tree).forEach(visit);
  };
  visit(tree);
  return [...comments.values()];
}

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) &&
  node.text.includes(' ');

const withoutMarks = (comment: string): string =>
  comment
    .replaceAll(/\n\s*\*(?!\/) ?/g, '\n')
    .replaceAll(/^\/\*\*?|\*\/$|^\/\/ ?/g, '')
    .replaceAll(/\s+/g, ' ');

/** The paragraphs of a Markdown page, without code. */
export function paragraphsOf(markdown: string): Passage[] {
  const prose = markdown
    .replaceAll(/^```.*?^```/gms, (code) => code.replaceAll(/[^\n]/g, ''))
    .replaceAll(/`[^`\n]*`/g, '`…`');
  let line = 1;
  return prose.split(/(\n\s*\n)/).flatMap((text): Passage[] => {
    const found: Passage = { line, text: text.replaceAll(/\s+/g, ' ').trim(), kind: 'TEXT' };
    line += text.split('\n').length - 1;
    return found.text === '' ? [] : [found];
  });
}

/** What the rules find in a passage, as `line not … but …: excerpt`. */
export function findingsIn({ line, text, kind }: Passage, words = WORDS): string[] {
  return words.flatMap((word) => {
    const found = kind === 'NAME' ? inName(text, word) : excerpt(text, word);
    return found === undefined ? [] : [`${line} not "${word.not}" but "${word.but}": ${found}`];
  });
}

const inName = (name: string, { inNames }: Word): string | undefined =>
  inNames?.test(wordsOf(name)) === true ? name : undefined;

const wordsOf = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

function excerpt(text: string, { inProse }: Word): string | undefined {
  const match = inProse?.exec(text);
  if (match === null || match === undefined) return undefined;
  return text.slice(Math.max(0, match.index - 40), match.index + match[0].length + 40);
}
