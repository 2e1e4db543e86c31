package io.github.releasepipeline.github;

/**
 * What is asked in GraphQL. The nested connections of a page of 50 cost some points of the hourly 5,000; everything that one
 * pull request shows is read at one moment.
 */
final class Queries {
    private static final String CHECKS = """
            fragment Checks on CheckRun {
              databaseId name status conclusion detailsUrl completedAt title
              checkSuite { app { slug } }
            }
            """;

    private static final String TABLE = """
            fragment Table on PullRequest {
              number title url state isDraft createdAt updatedAt closedAt mergedAt
              mergedBy { __typename login }
              author { __typename login }
              baseRefName baseRefOid headRefOid changedFiles reviewDecision
              labels(first: 100) { nodes { name } }
              reviewRequests(first: 1) { totalCount }
              latestOpinionatedReviews(first: 50, writersOnly: true) {
                nodes { state submittedAt author { __typename login } commit { oid } }
              }
              files(first: 100) { pageInfo { hasNextPage } nodes { path changeType } }
              oldest: commits(first: 1) { totalCount nodes { commit { authoredDate } } }
              newest: commits(last: 1) {
                nodes {
                  commit {
                    oid message authoredDate
                    statusCheckRollup {
                      contexts(first: 100) {
                        pageInfo { hasNextPage }
                        nodes {
                          __typename
                          ...Checks
                          ... on StatusContext { context state description targetUrl createdAt }
                        }
                      }
                    }
                  }
                }
              }
              baseRef {
                refUpdateRule { requiredApprovingReviewCount requiredStatusCheckContexts }
                rules(first: 50) {
                  nodes {
                    parameters {
                      __typename
                      ... on PullRequestParameters { requiredApprovingReviewCount }
                      ... on RequiredStatusChecksParameters { requiredStatusChecks { context } }
                    }
                  }
                }
              }
            }
            """ + CHECKS;

    private static final String ENDED = """
            fragment Ended on PullRequest {
              mergeCommit { oid message authoredDate parents(first: 2) { nodes { oid } } }
              reverts: timelineItems(last: 20, itemTypes: [CROSS_REFERENCED_EVENT]) {
                nodes { ... on CrossReferencedEvent { source { ... on PullRequest { number title merged } } } }
              }
            }
            """;

    /** A page of open pull requests, oldest first: their order does not change while they are read. */
    static final String OPEN = """
            query OpenPullRequests($owner: String!, $name: String!, $first: Int!, $after: String) {
              repository(owner: $owner, name: $name) {
                pullRequests(
                  states: [OPEN], first: $first, after: $after, orderBy: {field: CREATED_AT, direction: ASC}
                ) {
                  pageInfo { hasNextPage endCursor }
                  nodes { ...Table }
                }
              }
            }
            """ + TABLE;

    /** A page of merged and closed pull requests, last changed first. */
    static final String CHANGED = """
            query EndedPullRequests($owner: String!, $name: String!, $first: Int!, $after: String) {
              repository(owner: $owner, name: $name) {
                pullRequests(
                  states: [MERGED, CLOSED], first: $first, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}
                ) {
                  pageInfo { hasNextPage endCursor }
                  nodes { ...Table ...Ended }
                }
              }
            }
            """ + TABLE + ENDED;

    /** One pull request. */
    static final String ONE = """
            query OnePullRequest($owner: String!, $name: String!, $number: Int!) {
              repository(owner: $owner, name: $name) {
                pullRequest(number: $number) { body ...Table ...Ended }
              }
            }
            """ + TABLE + ENDED;

    /** Whether a pull request waits in the merge queue. */
    static final String QUEUE = """
            query MergeQueue($owner: String!, $name: String!, $number: Int!) {
              repository(owner: $owner, name: $name) {
                pullRequest(number: $number) { id mergeQueueEntry { position state } }
              }
            }
            """;

    /** Puts a pull request into the merge queue. */
    static final String ENQUEUE = """
            mutation Enqueue($id: ID!, $head: GitObjectID!) {
              enqueuePullRequest(input: {pullRequestId: $id, expectedHeadOid: $head}) {
                mergeQueueEntry { position state }
              }
            }
            """;

    private Queries() {}
}
