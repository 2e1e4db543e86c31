package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.tck.JoiningStoreContract;

class SqliteJoiningTest extends JoiningStoreContract {
    @Override
    protected Host newHost() {
        return JoinedHost.on(EachDatabase.sqlite());
    }
}
