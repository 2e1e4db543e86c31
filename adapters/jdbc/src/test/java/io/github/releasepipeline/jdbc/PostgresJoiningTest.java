package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.tck.JoiningStoreContract;

class PostgresJoiningTest extends JoiningStoreContract {
    @Override
    protected Host newHost() {
        return JoinedHost.on(PostgresServer.newDatabase());
    }
}
