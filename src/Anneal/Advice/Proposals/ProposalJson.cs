using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Anneal.Advice;

/// <summary>A proposal as JSON, for programs.</summary>
public static class ProposalJson
{
    /// <summary>Writes case, rule, schedule, plan, and everything advised with its reason, source, range and how sure it is.</summary>
    public static string Write(Proposal proposal) => Write(proposal, null);

    /// <summary>The same with a plan for the runs that may be spent on the rate.</summary>
    /// <param name="proposal">What is advised.</param>
    /// <param name="runs">How many; null where none were named.</param>
    /// <param name="asSweep">Whether the plan is that of a sweep instead of runs one after the other.</param>
    internal static string Write(Proposal proposal, int? runs, bool asSweep = false)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return Write(proposal, Unused.Of(proposal), runs, asSweep);
    }

    /// <summary>The advice alone, without what of the case it does not depend on.</summary>
    internal static string Advice(Proposal proposal) => Write(proposal, [], null, false);

    static string Write(Proposal proposal, IReadOnlyList<string> unused, int? runs, bool asSweep)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            Raw("case", proposal.Case.Write());
            Raw("rule", proposal.Rule is { } rule ? RuleJson.Write(rule) : "null");
            Raw("schedule", proposal.Schedule is { } schedule ? ScheduleJson.Write(schedule) : "null");
            if (proposal.Plan is { } plan)
            {
                json.WriteStartObject("plan");
                json.WriteNumber("updates", plan.Updates);
                json.WriteNumber("batch", plan.Batch);
                json.WriteNumber("accumulation", plan.Accumulation);
                json.WriteNumber("tokensPerSample", plan.TokensPerSample);
                json.WriteEndObject();
            }
            List("items", proposal.Items, item =>
            {
                json.WriteString("item", item.Item);
                json.WriteString("text", item.Text);
                Number("value", item.Value);
                Number("low", item.Low);
                Number("high", item.High);
                json.WriteString("sure", ProposalText.Word(item.Sure));
                json.WriteString("row", item.Row);
                Source(item.Source);
                json.WriteString("reason", item.Reason);
                if (item.Ceiling is { } ceiling)
                {
                    json.WriteStartObject("ceiling");
                    json.WriteNumber("value", ceiling.Value);
                    json.WriteNumber("broke", ceiling.Broke);
                    json.WriteString("sure", ProposalText.Word(ceiling.Sure));
                    json.WriteString("row", ceiling.Row);
                    Source(ceiling.Source);
                    json.WriteString("reason", ceiling.Reason);
                    json.WriteEndObject();
                }
                List("changes", item.Changes, change =>
                {
                    json.WriteNumber("factor", change.Factor);
                    Source(change.Source);
                    json.WriteString("reason", change.Reason);
                });
                List("others", item.Others, other =>
                {
                    json.WriteString("text", other.Text);
                    Number("value", other.Value);
                    json.WriteString("sure", ProposalText.Word(other.Sure));
                    json.WriteString("row", other.Row);
                    Source(other.Source);
                    json.WriteString("reason", other.Reason);
                    json.WriteBoolean("contradicts", other.Contradicts);
                    json.WriteBoolean("mayBeTried", item.IsOpen(other));
                    json.WriteString("passedOver", other.PassedOver);
                    json.WriteBoolean("refuted", other.Refutation is not null);
                    if (ProposalText.Scaled(other) is { Length: > 0 } scaled)
                        json.WriteString("scaled", scaled);
                });
            });
            List("groups", proposal.Groups, group =>
            {
                json.WriteString("tensors", group.Group.Tensors);
                json.WriteNumber("decayFactor", group.Group.DecayFactor);
                json.WriteString("sure", ProposalText.Word(group.Sure));
                Source(group.Source);
                json.WriteString("reason", group.Reason);
            });
            List("log", proposal.Log, item =>
            {
                json.WriteString("what", item.What);
                if (item.Every is { } every)
                    json.WriteNumber("every", every);
                json.WriteString("when", item.When);
                json.WriteString("alarm", item.Alarm);
                json.WriteString("sure", ProposalText.Word(item.Sure));
                Source(item.Source);
                json.WriteString("reason", item.Reason);
            });
            List("remedies", proposal.Remedies, remedy =>
            {
                json.WriteString("what", remedy.What);
                json.WriteString("sure", ProposalText.Word(remedy.Sure));
                Source(remedy.Source);
                json.WriteString("reason", remedy.Reason);
            });
            json.WriteStartArray("remarks");
            foreach (string remark in proposal.Remarks)
                json.WriteStringValue(remark);
            json.WriteEndArray();
            json.WriteStartArray("unused");
            foreach (string member in unused)
                json.WriteStringValue(member);
            json.WriteEndArray();
            List("questions", proposal.Questions, question =>
            {
                json.WriteString("member", question.Member);
                json.WriteString("ask", question.Ask);
                json.WriteString("reason", question.Reason);
                json.WriteBoolean("must", question.Must);
                json.WriteBoolean("contradiction", question.IsContradiction);
            });
            if ((runs ?? (asSweep ? TuningPlan.UsualRuns : null)) is { } budget && proposal["peak"] is not null)
                Tuning(budget);
            json.WriteEndObject();

            void Tuning(int budget)
            {
                json.WriteStartObject("tuning");
                json.WriteNumber("runs", budget);
                if (TuningPlan.NothingToTune(proposal) is { } nothing)
                    json.WriteString("nothing", nothing);
                else
                {
                    var tuning = TuningPlan.Of(proposal, budget);
                    json.WriteString("savesAssumes", TuningPlan.Assumption);
                    if (asSweep)
                    {
                        json.WriteStartObject("sweep");
                        Numbers("rates", tuning.Rates);
                        json.WriteNumber("tuningSeeds", tuning.TuningSeeds);
                        json.WriteNumber("evaluationSeeds", tuning.EvaluationSeeds);
                        json.WriteNumber("widenings", tuning.Widenings);
                        json.WriteNumber("trials", tuning.Trials);
                        json.WriteNumber("saves", tuning.SweepSaves);
                        json.WriteEndObject();
                    }
                    else
                        List("stages", tuning.Stages, stage =>
                        {
                            json.WriteString("what", stage.What);
                            Numbers("rates", stage.Rates);
                            json.WriteNumber("runs", stage.Runs);
                            json.WriteNumber("saves", stage.Saves);
                        });
                }
                json.WriteEndObject();
            }

            void Numbers(string name, IEnumerable<double> numbers)
            {
                json.WriteStartArray(name);
                foreach (double number in numbers)
                    json.WriteNumberValue(number);
                json.WriteEndArray();
            }

            void Raw(string name, string text)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(text);
            }

            void Number(string name, double? value)
            {
                if (value is { } number)
                    json.WriteNumber(name, number);
            }

            void Source(AdviceSource source)
            {
                json.WriteStartObject("source");
                json.WriteString("kind", source.Kind);
                json.WriteString("name", source.Name);
                json.WriteString("link", source.Link);
                json.WriteEndObject();
            }

            void List<T>(string name, IEnumerable<T> list, Action<T> write)
            {
                json.WriteStartArray(name);
                foreach (var one in list)
                {
                    json.WriteStartObject();
                    write(one);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
