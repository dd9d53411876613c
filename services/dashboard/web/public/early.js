// Asks for what the first view needs while its scripts are on their way; src/kit/early.ts takes the answers.
{
  const answers = new Map();
  globalThis.earlyAnswers = answers;
  const ask = (path) => {
    const answer = fetch(path);
    answer.catch(() => undefined);
    answers.set(new URL(path, location.origin).href, answer);
    return answer;
  };
  const read = async (path) => (await ask(path)).clone().json();
  ask('/session');
  const isOverview = /^\/(en\/?)?$/.test(location.pathname) && !location.search.includes('asOf=');
  if (isOverview) {
    ask('/api/indicators/v1/reference');
    // As useYears in src/features/overview asks; another address costs an answer that nobody takes.
    Promise.all([read('/overview.json'), read('/api/indicators/v1/indicators')])
      .then(([overview, catalogue]) => {
        const visible = new Set(catalogue.items.map((figure) => figure.code));
        const codes = overview.groups.flatMap((group) => group.figures).filter((code) => visible.has(code));
        const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
        ask(`/api/indicators/v1/values?figure=${codes}&by=year&period=${year - 10}..${year}`);
      })
      .catch(() => undefined);
  }
}
