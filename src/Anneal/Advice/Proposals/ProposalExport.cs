using System.Globalization;

namespace Anneal.Advice;

/// <summary>Writes a proposal as code for another framework: optimizer with its groups, scheduler, clipping, and how many updates.</summary>
public static class ProposalExport
{
    /// <summary>What can be written.</summary>
    public static IReadOnlyList<string> Targets { get; } = ["pytorch", "transformers"];

    /// <summary>The code, ready to be pasted into a program that has a <c>model</c>.</summary>
    /// <exception cref="ScheduleFormatException">The proposal is not whole, or the framework lacks its rule or its schedule; the message says which.</exception>
    public static string Write(Proposal proposal, string target)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal.Schedule is not { } schedule || proposal.Rule is not { } rule || proposal.Plan is not { } plan)
            throw new ScheduleFormatException("The proposal is not whole: answer its questions first.");
        return target switch
        {
            "pytorch" => $"""
                {Optimizer(proposal, rule, "1.0")}
                {Scheduler(schedule, "pytorch", plan)}

                {(Core(rule) is Lbfgs ? ClosureLoop(proposal, plan) : Loop(proposal, plan))}{Log(proposal)}
                """.ReplaceLineEndings("\n"),
            "transformers" when Core(rule) is Lbfgs => throw new ScheduleFormatException(
                "The Trainer of Transformers calls optimizer.step() without the closure that L-BFGS needs: write it for pytorch, or fix another optimizer, such as adamW."),
            "transformers" => $"""
                {Optimizer(proposal, rule, Written.Number(proposal["peak"]!.Value!.Value))}
                {Scheduler(schedule, "transformers", plan)}

                {Arguments(proposal, plan)}{Log(proposal)}
                """.ReplaceLineEndings("\n"),
            _ => throw new ScheduleFormatException($"There is no export of proposals to {target}; there are {string.Join(", ", Targets)}."),
        };
    }

    /// <summary>The scheduler, without the comment that stands for an optimizer: there is one.</summary>
    static string Scheduler(Schedule schedule, string target, Plan plan) =>
        string.Join('\n', ScheduleExport.Write(schedule, target, plan.Updates).TrimEnd('\n').Split('\n').Where(line => !line.StartsWith("# optimizer = ", StringComparison.Ordinal)));

    /// <summary>The rule within its clipping and groups.</summary>
    static Rule Core(Rule rule) => rule is ClipByGlobalNorm or ParameterGroups ? Core(((Wrapper)rule).Inner) : rule;

    static string Optimizer(Proposal proposal, Rule rule, string rate)
    {
        rule = Core(rule);
        double penalty = 0;
        if (rule is WeightDecay { Form: DecayForm.L2, Inner: RmsProp or AdaGrad } penalised)
            (rule, penalty) = (penalised.Inner, penalised.Decay);
        var (name, decay, options) = rule switch
        {
            AdamW r => ("AdamW", r.Decay, $"betas=({N(r.Beta1)}, {N(r.Beta2)}), eps={N(r.Epsilon)}"),
            Adam r => ("Adam", r.Decay, $"betas=({N(r.Beta1)}, {N(r.Beta2)}), eps={N(r.Epsilon)}"),
            Momentum r => ("SGD", r.Decay, $"momentum={N(r.Beta)}{(r.Nesterov ? ", nesterov=True" : "")}"),
            Sgd r => ("SGD", r.Decay, ""),
            RmsProp r => ("RMSprop", penalty, $"alpha={N(r.Rho)}, eps={N(r.Epsilon)}"),
            AdaGrad r => ("Adagrad", penalty, $"eps={N(r.Epsilon)}"),
            Lbfgs r => ("LBFGS", 0.0, $"max_iter={N(r.MaxIterations)}, history_size={N(r.HistorySize)}, line_search_fn=\"strong_wolfe\""),
            _ => throw new ScheduleFormatException($"torch.optim has nothing that this code could call for {rule.GetType().Name}; fix another optimizer, such as adamW."),
        };
        string comment = $"# {proposal["peak"]?.Item} {proposal["peak"]?.Text}: {proposal["peak"]?.Source}";
        string more = options.Length > 0 ? $", {options}" : "";
        if (proposal.Groups.Count == 0)
            return $"""
                import torch

                {comment}
                optimizer = torch.optim.{name}(model.parameters(), lr={rate}{(decay > 0 ? $", weight_decay={N(decay)}" : name == "AdamW" ? ", weight_decay=0.0" : "")}{more})

                """;
        string without = string.Join(" or ", proposal.Groups.Select(g => g.PyTorch));
        return $$"""
            import torch

            {{comment}}
            trained = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
            without_decay = [p for name, p in trained if {{without}}]
            with_decay = [p for name, p in trained if not ({{without}})]
            groups = [{"params": with_decay, "weight_decay": {{N(decay)}}}, {"params": without_decay, "weight_decay": 0.0}]
            optimizer = torch.optim.{{name}}(groups, lr={{rate}}{{more}})

            """;
    }

    static string Loop(Proposal proposal, Plan plan) => $"""
        # The run has {Count(plan.Updates, "update")} of {Count(Samples(plan), "sample")}. For each update:
        #   {Backward(proposal, plan)}
        {(proposal["clipping"]?.Value is > 0 and var norm ? $"#   torch.nn.utils.clip_grad_norm_(model.parameters(), {N(norm)})\n" : "")}#   optimizer.step(); scheduler.step(); optimizer.zero_grad()

        """;

    /// <summary>L-BFGS asks for the loss and its gradient several times in one update.</summary>
    static string ClosureLoop(Proposal proposal, Plan plan) => $"""
        # The run has {Count(plan.Updates, "update")} of all samples, {N(Samples(plan))}.
        #   def closure():
        #       optimizer.zero_grad()
        #       {Backward(proposal, plan)}
        #       return the loss of all samples, as a tensor
        # For each update:
        #   optimizer.step(closure); scheduler.step()

        """;

    /// <summary>What to log, and when to look at once.</summary>
    static string Log(Proposal proposal) => string.Concat(proposal.Log.Select(item => $"#   {item.When}: {item.What}. Alarm: {item.Alarm}.\n").Prepend("# To log:\n"));

    /// <summary>After how many updates each time the validation loss is taken.</summary>
    static long? Validation(Proposal proposal) => proposal.Log.First(item => item.What == AdviceTable.Row("logs/validation")["value"]).Every;

    static double Samples(Plan plan) => Math.Round(plan.Batch * plan.Accumulation);

    /// <summary>What makes the gradient of an update. Data parallel training takes the mean over the devices, so that their parts must be equal.</summary>
    static string Backward(Proposal proposal, Plan plan)
    {
        double devices = proposal.Case.Devices ?? 1, each = plan.Batch / devices;
        if (devices > 1 && each != Math.Floor(each))
            throw new ScheduleFormatException(ProposalText.Uneven(proposal, devices));
        string on = devices > 1 ? $" on {Count(each, "sample")} on each of {N(devices)} devices, with DistributedDataParallel" : plan.Accumulation > 1 ? $" on {Count(plan.Batch, "sample")}" : "";
        return plan.Accumulation == 1 ? $"loss.backward(){on}"
            : each == Math.Floor(each) ? $"{plan.Accumulation} times: (loss / {plan.Accumulation}).backward(){on}"
            : $"in {plan.Accumulation} parts of at most {Count(Math.Ceiling(plan.Batch), "sample")}: (sum of the part's losses / {N(Samples(plan))}).backward()";
    }

    static string Count(double number, string thing) => ProposalText.Count(number, thing, "0.###");

    static string Arguments(Proposal proposal, Plan plan)
    {
        double devices = proposal.Case.Devices ?? 1, each = plan.Batch / devices;
        if (each != Math.Floor(each))
            throw new ScheduleFormatException(ProposalText.Uneven(proposal, devices));
        return $"""
            from transformers import TrainingArguments

            arguments = TrainingArguments(
                output_dir="out",
                max_steps={N(plan.Updates)},
                per_device_train_batch_size={N(each)},    # on {N(devices)} device{(devices == 1 ? "" : "s")}
                gradient_accumulation_steps={plan.Accumulation},
                max_grad_norm={N(proposal["clipping"]?.Value ?? 0)},
                logging_steps={N(proposal.Log.Min(item => item.Every) ?? 1)},
                eval_strategy="steps",
                eval_steps={N(Validation(proposal) ?? plan.Updates)},    # on fixed data
            )
            # trainer = Trainer(model=model, args=arguments, optimizers=(optimizer, scheduler), train_dataset=..., eval_dataset=...)

            """;
    }

    static string N(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
