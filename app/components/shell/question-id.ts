/** Every page has one question box. */
export const QUESTION_ID = 'question';
