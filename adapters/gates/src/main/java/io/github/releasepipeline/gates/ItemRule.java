package io.github.releasepipeline.gates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What an item's value has to be. */
interface ItemRule {
    /** How many problems of one item are told by one rule. */
    int MOST_PROBLEMS = 20;

    /** What is wrong with a value, each with its place; at most {@value #MOST_PROBLEMS}. */
    List<String> problems(JsonNode root);
}
