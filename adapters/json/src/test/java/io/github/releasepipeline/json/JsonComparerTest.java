package io.github.releasepipeline.json;

import io.github.releasepipeline.difference.StructureComparer;
import io.github.releasepipeline.tck.StructureComparerContract;

class JsonComparerTest extends StructureComparerContract {
    @Override
    protected StructureComparer comparer() {
        return JsonComparer.standard();
    }
}
