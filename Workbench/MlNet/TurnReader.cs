using Data.Views;
using Microsoft.ML;
using Microsoft.ML.Data;
using Workbench.Reranking.Fusion;

namespace Workbench.MlNet;

/// <summary>Reads a view of turns for who learns from them.</summary>
internal static class TurnReader
{
    /// <param name="turns">with Conversation, Context, Mentioned, Targets and LlmItems</param>
    internal static FittingTurn[] Read(IDataView turns)
    {
        string[] conversations = [.. turns.GetColumn<string>(ColumnNames.Conversation)], contexts = [.. turns.GetColumn<string>(ColumnNames.Context)];
        int[][] mentioned = Items(turns, ColumnNames.Mentioned), targets = Items(turns, ColumnNames.Targets), llmItems = Items(turns, ColumnNames.LlmItems);
        return [.. conversations.Select((conversation, i) => new FittingTurn(conversation, contexts[i], mentioned[i], targets[i], llmItems[i]))];
    }

    private static int[][] Items(IDataView turns, string column) => [.. turns.GetColumn<VBuffer<uint>>(column).Select(keys => KeyVectors.Rows(keys))];
}
