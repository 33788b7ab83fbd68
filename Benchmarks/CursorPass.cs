using Data.Views;
using Microsoft.ML;

namespace Benchmarks;

/// <summary>A pass over the interactions of a view: user, item, rating and time of every row.</summary>
internal static class CursorPass
{
    /// <summary>Reads all rows; the cursor is disposed.</summary>
    /// <returns>something that depends on all values</returns>
    internal static double OverFourColumns(DataViewRowCursor cursor)
    {
        using (cursor)
        {
            ValueGetter<uint> user = cursor.GetGetter<uint>(cursor.Schema[ColumnNames.User]), item = cursor.GetGetter<uint>(cursor.Schema[ColumnNames.Item]);
            ValueGetter<float> rating = cursor.GetGetter<float>(cursor.Schema[ColumnNames.Rating]);
            ValueGetter<long> time = cursor.GetGetter<long>(cursor.Schema[ColumnNames.Timestamp]);
            (uint u, uint i, float r, long t, double sum) = (0, 0, 0, 0, 0);
            while (cursor.MoveNext())
            {
                user(ref u);
                item(ref i);
                rating(ref r);
                time(ref t);
                sum += u + i + r + (t & 1);
            }

            return sum;
        }
    }
}
