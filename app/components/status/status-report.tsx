import { rollbackTarget } from '../../../lib/index';
import { engine } from '../../engine';
import { attempt } from '../../errors';
import { publicGeneration, publicStatus, publicWriter } from '../../public-status';
import { StatusBuild } from './status-build';
import { StatusFacts } from './status-facts';
import { StatusFallback } from './status-fallback';
import { StatusGenerations } from './status-generations';
import styles from './status-report.module.css';
import { Unavailable } from '../shell/unavailable';

/** The state of the index. One that cannot be asked is still told of: there may be a generation to go back to. */
export async function StatusReport() {
  const { value, error } = await attempt(async () => publicStatus(await engine().status()));
  if (error?.code === 'index-missing') return <Unavailable error={error} />;
  const generations = (await attempt(() => engine().generations())).value ?? [];
  const served = value?.generation ?? null;
  return (
    <div className={styles.report}>
      {value ? (
        <>
          <h1>Status</h1>
          {value.fallback ? <StatusFallback fallback={value.fallback} createdAt={value.createdAt} /> : null}
          <StatusFacts
            status={value}
            changes={generations.find(({ id }) => id === served)?.changes ?? null}
            others={generations.reduce((sum, { id, bytes }) => (id === served ? sum : sum + bytes), 0)}
          />
        </>
      ) : <Unavailable error={error} />}
      <StatusBuild writer={value ? value.writer : publicWriter(engine().writer())} generation={served} />
      <StatusGenerations generations={generations.map(publicGeneration)} served={served} target={rollbackTarget(generations)?.id ?? null} />
    </div>
  );
}
