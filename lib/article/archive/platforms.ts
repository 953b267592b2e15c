/** A platform's export, known by how its posts are named and by what it keeps beside them. */
interface Platform {
  name: string;
  posts: RegExp;
  /** A file that is in each of its exports, or nearly. */
  sign: RegExp;
  /** What its owner did and who reads it: nobody wrote that. */
  beside: RegExp;
}

const PLATFORMS: readonly Platform[] = [
  {
    name: 'Medium',
    posts: /(?:^|\/)posts\/(?:\d{4}-\d\d-\d\d|draft)_[^/]*[\da-f]{8,12}\.html$/,
    sign: /(?:^|\/)(?:profile\/profile|(sessions|claps|bookmarks|ips)\/\1-\d{4})\.html$/,
    beside: /^(?:[^/]+\/)?(?:(?:blocks|bookmarks|claps|interests|ips|lists|partner-program|profile|pubs-following|sessions|topics-following|twitter|users-following)\/[^/]+|README)\.html$/,
  },
  {
    name: 'Substack',
    posts: /(?:^|\/)posts\/\d+\.[^/]+\.html$/,
    sign: /(?:^|\/)posts\.csv$/,
    beside: /^(?:[^/]+\/)?(?:posts\/\d+[^/]*\.(?:delivers|opens)|(?:email_list|subscriber)[^/]*)\.csv$/,
  },
];

/** The platform that an archive with these files is from; null where that is not certain. */
export function platformOf(paths: readonly string[]): Platform | null {
  return PLATFORMS.find(({ posts, sign }) => paths.some((path) => sign.test(path)) && paths.some((path) => posts.test(path))) ?? null;
}
