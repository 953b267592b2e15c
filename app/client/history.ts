const STORE = 'pilcrow-questions';
const MOST_QUESTIONS = 50;

/** Keeps the question of a page that found something, in this browser only. */
export function installHistory(): void {
  const question = new URLSearchParams(location.search).get('q')?.trim();
  if (location.pathname !== '/' || !question || document.querySelector('main [data-item]') === null) return;
  write([question, ...questionsAsked().filter((asked) => asked !== question)].slice(0, MOST_QUESTIONS));
}

/** The last question first. */
export function questionsAsked(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORE) ?? '[]');
    return Array.isArray(stored) ? stored.filter((question) => typeof question === 'string') : [];
  } catch {
    // Nothing may be kept here, or it is not what was written.
    return [];
  }
}

export function forgetQuestions(): void {
  write([]);
}

function write(questions: string[]): void {
  try {
    if (questions.length === 0) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, JSON.stringify(questions));
  } catch {
    // Not kept, then.
  }
}
